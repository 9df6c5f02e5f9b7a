package dev.nightjar.reports.viewer.measuring;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Worker;
import dev.nightjar.reports.Browser;
import dev.nightjar.reports.SampleReport;
import dev.nightjar.reports.viewer.ViewerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the viewer of a large history: what it takes on disk, and what it does in a browser
 * whose draw calls are stubs, so that the graphics card's part is left out.
 *
 * <pre>
 * ViewerMeasurement REPOSITORY COMMITS SEED FOLDER
 * </pre>
 *
 * <p>The real history that is drawn from is that of REPOSITORY; the viewer is left in FOLDER.
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

  private static final String SCRUB =
      """
      async () => {
        const v = globalThis.nightjar.viewer; const s = v.state; const millis = [];
        const frame = () => new Promise(requestAnimationFrame);
        s.show(0, v.wholeSpan);
        for (let i = 0; i < 40; i++) { await frame(); s.moveTo(i); }
        for (let i = 0; i < 900; i++) {
          await frame();
          const began = performance.now();
          s.moveTo((i * 7919 % 900) / 900 * s.span);
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
        for (let i = 0; i < 400; i++) {
          const span = v.wholeSpan * Math.pow(0.0004, (i % 40) / 40);
          s.show((v.wholeSpan - span) * ((i * 37) % 100) / 100, span);
          s.moveTo(s.from + s.span);
          const a = i / 400 * 12.6;
          v.stage.rig.go([Math.sin(a) * 12, 0, Math.cos(a) * 9, a, 0.1 + (i % 13) / 10, 1.5 + i % 50], true);
          if (i % 80 === 5) s.compare(s.from, s.from + s.span / 2);
          if (i % 80 === 20) s.compare(-1, -1);
          await frame(); await frame();
        }
        return JSON.stringify(v.stage.most);
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
    LargeHistory history =
        new LargeHistory(Path.of(arguments[0]), commits, Long.parseLong(arguments[2]));
    long began = System.nanoTime();
    Files.createDirectories(folder);
    new ViewerFolder(history, null)
        .write(new SampleReport().series(3).telemetrySeconds(60).build(), folder);
    System.out.printf(
        "written: real_commits=%d seconds=%.1f%n",
        history.realSize(), (System.nanoTime() - began) / 1e9);
    sizes(folder, commits);
    browse(folder.resolve("index.html"));
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
          "load: first_frame_ms=%s all_loaded_ms=%s%n",
          tab.evaluate("Math.round(firstFrame)"), tab.evaluate("Math.round(allLoaded)"));
      System.out.println("scrub_ms: " + tab.evaluate(SCRUB));
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
      System.out.printf("heap_mib: page=%.0f%n", ((Number) own).doubleValue() / (1 << 20));
      for (Worker worker : tab.workers()) {
        Object theirs =
            worker.evaluate("performance.memory ? performance.memory.usedJSHeapSize : -1");
        System.out.printf("heap_mib: worker=%.0f%n", ((Number) theirs).doubleValue() / (1 << 20));
      }
    }
  }
}
