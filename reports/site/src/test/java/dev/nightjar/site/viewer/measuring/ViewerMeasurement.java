package dev.nightjar.site.viewer.measuring;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.nightjar.site.Browser;
import dev.nightjar.site.SampleReport;
import dev.nightjar.site.ViewerInput;
import dev.nightjar.viewer.ViewerFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the viewer of a large history: what it takes on disk, and what it does in a browser
 * whose draw calls are stubs, so that the graphics card's part is left out.
 *
 * <pre>
 * ViewerMeasurement REPOSITORY COMMITS SEED FOLDER
 * </pre>
 *
 * <p>The real history that is drawn from is that of REPOSITORY. The viewer is left in FOLDER, and
 * one that is there already is not written again, so that the browser's part can be repeated alone.
 */
public final class ViewerMeasurement {
  private static final String STUBS =
      """
      for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
        WebGL2RenderingContext.prototype[name] = function() {};
      }
      globalThis.watched = setInterval(() => {
        const n = globalThis.nightjar;
        if (n && n.viewer && n.viewer.stage && n.viewer.stage.frames > 0 && !globalThis.firstFrame) {
          globalThis.firstFrame = performance.now();
        }
        if (n && n.isLoaded && !globalThis.allLoaded) { globalThis.allLoaded = performance.now(); clearInterval(watched); }
      }, 4);
      """;

  /** What Chromium's traces call the parts of a frame on the page's main thread. */
  private static final Set<String> FRAME_PARTS =
      Set.of(
          "FireAnimationFrame",
          "UpdateLayoutTree",
          "Layout",
          "PrePaint",
          "Layerize",
          "Paint",
          "Commit");

  private static final String SCRUB =
      """
      async () => {
        const v = globalThis.nightjar.viewer; const s = v.state; const millis = [];
        const frame = () => new Promise(requestAnimationFrame);
        s.show(0, v.wholeSpan);
        for (let i = 0; i < 40; i++) { await frame(); s.moveTo(i); }
        for (let i = 0; i < 300; i++) {
          await frame();
          const began = performance.now();
          s.moveTo((i * 7919 % 300) / 300 * s.span);
          const moved = performance.now() - began;
          const before = v.stage.frames;
          await frame();
          const drawn = v.stage.frames > before ? v.stage.frameMillis[(v.stage.frames - 1) % v.stage.frameMillis.length] : 0;
          millis.push(moved + drawn);
        }
        millis.sort((a, b) => a - b);
        const at = p => millis[Math.min(millis.length - 1, Math.floor(p * millis.length))].toFixed(2);
        return `frames=${millis.length} median=${at(0.5)} p99=${at(0.99)} max=${at(1)}`;
      }
      """;

  private static final String FLY =
      """
      async () => {
        const v = globalThis.nightjar.viewer; const s = v.state;
        const frame = () => new Promise(requestAnimationFrame);
        v.stage.most = {calls: 0, triangles: 0, points: 0, lines: 0};
        for (let i = 0; i < 200; i++) {
          const span = v.wholeSpan * Math.pow(0.0004, (i % 40) / 40);
          s.show((v.wholeSpan - span) * ((i * 37) % 100) / 100, span);
          s.moveTo(s.from + s.span);
          const a = i / 200 * 12.6;
          v.stage.rig.go([Math.sin(a) * 12, 0, Math.cos(a) * 9, a, 0.1 + (i % 13) / 10, 1.5 + i % 50], true);
          if (i % 80 === 5) s.compare(s.from, s.from + s.span / 2);
          if (i % 80 === 20) s.compare(-1, -1);
          await frame(); await frame();
        }
        return JSON.stringify(v.stage.most);
      }
      """;

  private static final String PLAY =
      """
      async () => {
        const v = globalThis.nightjar.viewer; const s = v.state;
        s.select(null); s.show(0, v.wholeSpan); s.moveTo(0); s.speed = 0.05;
        const frame = () => new Promise(requestAnimationFrame);
        for (let i = 0; i < 5; i++) await frame();
        const before = v.stage.frames;
        s.play(true);
        for (let i = 0; i < 200; i++) await frame();
        s.play(false);
        return v.stage.frames - before;
      }
      """;

  private static final String FIND =
      """
      async ([field, text, isExpression]) => {
        const v = globalThis.nightjar.viewer;
        const found = await v.library.find(field, text, isExpression, () => {});
        return `millis=${found.millis.toFixed(0)} matches=${found.mask.reduce((a, b) => a + b, 0)}`;
      }
      """;

  private ViewerMeasurement() {}

  public static void main(String[] arguments) throws IOException {
    int commits = Integer.parseInt(arguments[1]);
    Path folder = Path.of(arguments[3]);
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "java=%s processors=%d heap_limit_mib=%d commits=%d seed=%s%n",
        Runtime.version(),
        runtime.availableProcessors(),
        runtime.maxMemory() >> 20,
        commits,
        arguments[2]);
    if (Files.exists(folder.resolve("index.html"))) {
      System.out.println("written: before");
    } else {
      write(new LargeHistory(Path.of(arguments[0]), commits, Long.parseLong(arguments[2])), folder);
    }
    sizes(folder, commits);
    browse(folder.resolve("index.html"));
  }

  private static void write(LargeHistory history, Path folder) throws IOException {
    long began = System.nanoTime();
    Files.createDirectories(folder);
    new ViewerFolder(history, null)
        .write(ViewerInput.of(new SampleReport().series(3).telemetrySeconds(60).build()), folder);
    System.out.printf(
        "written: real_commits=%d seconds=%.1f%n",
        history.realSize(), (System.nanoTime() - began) / 1e9);
  }

  private static void sizes(Path folder, int commits) throws IOException {
    for (String kind :
        List.of("commits", "clusters", "city", "authors", "ids", "subjects", "changes", "paths")) {
      try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
        long bytes =
            files
                .filter(file -> file.getFileName().toString().matches(kind + "(-\\d+)?\\.js"))
                .mapToLong(file -> file.toFile().length())
                .sum();
        System.out.printf(
            "%s: bytes=%d bytes_per_commit=%.2f%n", kind, bytes, bytes / (double) commits);
      }
    }
  }

  private static void browse(Path page) {
    try (Browser chromium = Browser.start();
        BrowserContext context = chromium.browser().newContext()) {
      Page tab = context.newPage();
      tab.setDefaultTimeout(180_000);
      tab.addInitScript(STUBS);
      tab.navigate(page.toUri().toString());
      tab.waitForFunction("() => globalThis.allLoaded");
      System.out.printf(
          "load: load_event_ms=%s first_frame_ms=%s all_loaded_ms=%s%n",
          tab.evaluate("Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)"),
          tab.evaluate("Math.round(firstFrame)"),
          tab.evaluate("Math.round(allLoaded)"));
      chromium
          .browser()
          .startTracing(
              tab,
              new com.microsoft.playwright.Browser.StartTracingOptions()
                  .setCategories(List.of("devtools.timeline")));
      System.out.println("scrub_wall_ms: " + tab.evaluate(SCRUB));
      System.out.println("scrub_thread_ms: " + threadTimes(chromium.browser().stopTracing()));
      System.out.println("fly_through_most: " + tab.evaluate(FLY));
      for (int round = 0; round < 3; round++) {
        for (List<Object> search :
            List.<List<Object>>of(
                List.of("message", "fix", false),
                List.of("message", "zebra crossing", false),
                List.of("message", "re(set|base).*branch", true),
                List.of("author", "junio", false),
                List.of("path", "File4711.java", false))) {
          System.out.println("find " + search + ": " + tab.evaluate(FIND, search));
        }
      }
      Object own = tab.evaluate("performance.memory.usedJSHeapSize");
      System.out.printf(
          "memory_mib: page_js_heap=%.0f renderer_anonymous=%d%n",
          ((Number) own).doubleValue() / (1 << 20), rendererAnonymousMib());
      System.out.println(
          "allocated_while_playing: " + allocations(context.newCDPSession(tab), tab));
    }
  }

  /**
   * CPU time of the page's main thread by frames: callbacks, style, layout and paint. By the clock
   * a frame also holds what the thread waits while software draws the picture on the same
   * processor.
   */
  private static String threadTimes(byte[] trace) {
    List<JsonObject> events =
        JsonParser.parseString(new String(trace, StandardCharsets.UTF_8))
            .getAsJsonObject()
            .getAsJsonArray("traceEvents")
            .asList()
            .stream()
            .map(JsonElement::getAsJsonObject)
            .filter(event -> event.has("tdur") && FRAME_PARTS.contains(nameOf(event)))
            .sorted(Comparator.comparingLong(event -> event.get("ts").getAsLong()))
            .toList();
    List<Double> frames = new ArrayList<>();
    double millis = 0;
    long coveredMicros = 0;
    boolean isPainting = false;
    for (JsonObject event : events) {
      boolean isCallback = nameOf(event).equals("FireAnimationFrame");
      if (isCallback && isPainting) {
        frames.add(millis);
        millis = 0;
      }
      isPainting = !isCallback;
      long began = event.get("ts").getAsLong();
      if (began >= coveredMicros) { // else it is a part of the one before
        millis += event.get("tdur").getAsLong() / 1000.0;
        coveredMicros = began + event.get("dur").getAsLong();
      }
    }
    double[] sorted = frames.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "frames=%d median=%.2f p99=%.2f max=%.2f",
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) (0.99 * sorted.length)],
        sorted[sorted.length - 1]);
  }

  private static String nameOf(JsonObject event) {
    return event.get("name").getAsString();
  }

  /**
   * What the process of the page holds in all: heaps of the page and its threads, arrays, the
   * browser's own. Linux only.
   */
  private static long rendererAnonymousMib() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> Path.of("/proc/" + process.pid()))
        .filter(folder -> text(folder.resolve("cmdline")).contains("--type=renderer"))
        .mapToLong(folder ->
            text(folder.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) >> 10)
                .sum())
        .max()
        .orElseThrow();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // the process has ended
    }
  }

  /** Bytes a frame by the function that allocated them, the largest first, while the time plays. */
  private static String allocations(CDPSession inspector, Page tab) {
    inspector.send("HeapProfiler.enable");
    JsonObject how = new JsonObject();
    how.addProperty("samplingInterval", 512);
    how.addProperty("includeObjectsCollectedByMinorGC", true);
    how.addProperty("includeObjectsCollectedByMajorGC", true);
    inspector.send("HeapProfiler.startSampling", how);
    double frames = ((Number) tab.evaluate(PLAY)).doubleValue();
    JsonObject profile = inspector.send("HeapProfiler.stopSampling").getAsJsonObject("profile");
    Map<String, Double> bytes = new HashMap<>();
    gather(profile.getAsJsonObject("head"), bytes);
    return bytes.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(12)
        .map(entry ->
            String.format(Locale.ROOT, "%s=%.0f", entry.getKey(), entry.getValue() / frames))
        .collect(Collectors.joining(" ", String.format(Locale.ROOT, "frames=%.0f ", frames), ""));
  }

  private static void gather(JsonObject node, Map<String, Double> bytes) {
    JsonObject frame = node.getAsJsonObject("callFrame");
    String name = frame.get("functionName").getAsString();
    int line = frame.get("lineNumber").getAsInt();
    if (frame.get("url").getAsString().endsWith("viewer.js")) {
      bytes.merge(
          (name.isEmpty() ? "anonymous" : name) + ":" + line,
          node.get("selfSize").getAsDouble(),
          Double::sum);
    }
    node.getAsJsonArray("children").forEach(child -> gather(child.getAsJsonObject(), bytes));
  }
}
