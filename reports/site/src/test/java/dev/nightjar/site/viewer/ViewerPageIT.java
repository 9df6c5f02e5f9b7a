package dev.nightjar.site.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.nightjar.site.Accessibility;
import dev.nightjar.site.Browser;
import dev.nightjar.site.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The viewer in a real Chromium. Pictures are left in target/screenshots. */
class ViewerPageIT {
  private static final String ATTACK =
      "\"><script>window.owned=1</script><img src=x onerror=window.owned=2>'"
          + " javascript:window.owned=3 </title></script><svg onload=window.owned=4>\u202Eevil"
          + " \0\u001b[31m \uD800 ]]> ${1}";

  @TempDir static Path folder;
  private static Browser chromium;
  private static Path viewer;

  @BeforeAll
  static void publish() throws IOException {
    chromium = Browser.start();
    Files.createDirectories(Path.of("target", "screenshots"));
    viewer = ViewerSession.publish(folder.resolve("site"), UnaryOperator.identity());
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static ViewerSession start(int width, int height) {
    return ViewerSession.start(chromium, width, height, ColorScheme.DARK);
  }

  private static String file() {
    return viewer.toUri().toString();
  }

  @Test
  void showsTheWholeHistoryFromAFileAndAsksNobodyElse() {
    try (ViewerSession session = start(1280, 800).open(file())) {
      assertEquals(1.0, ((Number) session.ask("v.progress")).doubleValue());
      session.until("v.stage.frames > 0");
      session.picture("viewer-desktop");

      assertEquals(List.of(), session.console);
      String site = folder.resolve("site").toUri().toString();
      for (String request : session.requests) {
        assertTrue(
            request.startsWith(site) || request.startsWith("data:") || request.startsWith("blob:"),
            request);
      }
      assertTrue((Boolean) session.ask("v.stage.most.calls > 4 && v.stage.most.calls <= 60"));
    }
  }

  @Test
  void showsTheSameFromAServer() {
    try (LocalServer server = new LocalServer(folder.resolve("site"));
        ViewerSession session = start(1280, 800).open(server.address("viewer/index.html"))) {
      assertEquals(List.of(), session.console);
      assertEquals(session.ask("v.manifest.commits"), session.ask("v.range.last"));
      for (String request : session.requests) {
        assertTrue(
            request.startsWith(server.address("viewer/"))
                || request.startsWith("data:")
                || request.startsWith("blob:"),
            request);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void isAccessibleWithAllPanels(ColorScheme scheme) {
    try (ViewerSession session = ViewerSession.start(chromium, 1280, 800, scheme).open(file())) {
      session.picture("viewer-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      for (String panel : List.of("List", "Compare", "Bookmarks", "Help")) {
        session.page.locator("button[aria-label='" + panel + "']").click();
        assertEquals("", Accessibility.violations(session.page), panel);
      }
      session.ask("v.state.select({kind: 'commit', index: 12})");
      session.page.locator(".main h3.subject").waitFor();
      assertEquals("", Accessibility.violations(session.page), "details");
    }
  }

  @Test
  void fitsATelephone() {
    try (ViewerSession session = start(390, 844).open(file())) {
      session.until("v.stage.frames > 0");
      session.picture("viewer-telephone");
      assertEquals(390, session.page.evaluate("document.documentElement.scrollWidth"));
      session.page.locator("button[aria-label='Layers and legend']").click();
      session.picture("viewer-telephone-layers");
      assertEquals("", Accessibility.violations(session.page));
    }
  }

  @Test
  void movesThroughTimeByKeysAlone() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.page.locator("#scene").focus();
      session.page.keyboard().press("Home");
      assertEquals(session.ask("v.state.from"), session.ask("v.state.now"));
      session.page.keyboard().press(".");
      assertTrue((Boolean) session.ask("v.state.now > v.state.from"));
      assertEquals(session.ask("Math.floor(v.state.now)"), session.ask("v.uniforms.uNow.value"));
      session.page.keyboard().press("End");
      session.page.keyboard().press("+");
      assertTrue((Boolean) session.ask("v.state.span < v.wholeSpan * 0.6 && v.range.first > 100"));
      session.page.keyboard().press("n");
      session.page.locator(".main h3.subject").waitFor();
      assertEquals("commit", session.ask("v.state.selection.kind"));
      session.page.keyboard().press("3");
      assertEquals(false, session.ask("v.state.layers.files"));
      session.page.keyboard().press("l");
      session.page.locator(".main tbody tr").first().waitFor();
      session.page.keyboard().press("/");
      assertEquals("search", session.page.evaluate("document.activeElement.id"));
      session.page.keyboard().press("Escape");
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void playsAndStopsAtTheEnd() {
    try (ViewerSession session = start(800, 600).open(file())) {
      session.ask("(v.state.speed = 3, v.state.moveTo(0), v.state.play(true))");
      session.until("!v.state.isPlaying");
      assertEquals(session.ask("v.state.from + v.state.span"), session.ask("v.state.now"));
    }
  }

  @Test
  void findsMessagesAuthorsAndPaths() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      Locator search = session.page.locator("#search");
      search.fill("number 12");
      session.until("v.matches === 11");
      session.page.locator("select[aria-label='Search in']").selectOption("author");
      search.fill("Author 9");
      session.until("v.matches > 5 && v.matches < 200");
      session.page.locator("select[aria-label='Search in']").selectOption("path");
      search.fill("File7.java");
      session.until("v.matches > 5 && v.matches < 60");
      session.page.locator("select[aria-label='Search in']").selectOption("message");
      session.page.locator("#expression").check();
      search.fill("number 1?7$");
      session.until("v.matches === 2");
      Locator newest = session.page.locator(".main tbody button").first();
      // The list follows the search after a pause.
      session.page.waitForCondition(() -> newest.textContent().matches("Change number 1?7"));
      newest.click();
      session.page.locator(".main h3.subject").waitFor();
      assertTrue(
          session.page.locator(".main h3.subject").textContent().matches("Change number 1?7"));
      search.fill("(");
      session.page.locator("#search[aria-invalid=true]").waitFor();
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void endsAnExpressionThatWouldNotEnd() {
    Path site = folder.resolve("slow");
    Path page = ViewerSession.publish(site, name -> name + " " + "a".repeat(60) + "!");
    try (ViewerSession session = start(800, 600).open(page.toUri().toString())) {
      session.page.locator("#expression").check();
      session.page.locator("#search").fill("(a+)+$");
      Locator status = session.page.locator(".bar .status");
      session.page.waitForCondition(() -> status.textContent().contains("did not work"));
      session.page.locator("#search").fill("number 399");
      session.until("v.matches === 1");
    }
  }

  @Test
  void aNewerSearchOvertakesAnExpressionThatWouldNotEnd() {
    Path site = folder.resolve("overtaken");
    Path page = ViewerSession.publish(site, name -> name + " " + "a".repeat(60) + "!");
    try (ViewerSession session = start(800, 600).open(page.toUri().toString())) {
      session.page.locator("#expression").check();
      session.page.locator("#search").fill("(a+)+$");
      session.until("v.library.searching_ !== null");
      double began = System.nanoTime();
      session.page.locator("#search").fill("number 399");
      session.until("v.matches === 1");
      double seconds = (System.nanoTime() - began) / 1e9;
      assertTrue(seconds < 5, seconds + " s, and patience with a search is 6 s");
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void filtersByAuthorBranchKindAndDate() {
    try (ViewerSession session = start(1200, 800).open(file())) {
      session.ask("v.state.filterBy({kind: 'merge'})");
      session.until("v.matches > 20 && v.matches < 100");
      Object merges = session.ask("v.matches");
      session.ask("v.state.filterBy({author: 1})");
      session.until("v.matches >= 0 && v.matches < " + merges);
      session.ask(
          "v.state.filterBy({author: -1, kind: 'any', branch: v.manifest.refs.find(r => r[0] ==="
              + " 'v1.0')[2]})");
      session.until("v.matches > 5 && v.matches <= 21");
      session.ask("v.state.filterBy({branch: -1, after: 0, before: 3600 * 9})");
      session.until("v.matches === 10");
      session.ask("v.state.filterBy({after: -1, before: -1})");
      Locator path = session.page.locator(".filters input[type=text]");
      path.fill("File7.java");
      path.press("Enter");
      session.until("v.matches > 5 && v.matches < 60");
      Object ofPath = session.ask("v.matches");
      session.page.locator("#search").fill("number 1");
      session.until("v.matches >= 0 && v.matches < " + ofPath);
    }
  }

  @Test
  void selectsWhatIsClicked() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.ask("(v.state.setLayer('files', false), v.stage.rig.go([0,0,-6.2,0,0.7,20], true))");
      session.until("v.stage.frames > 0");
      session.ask("v.state.select({kind: 'commit', index: 0})");
      @SuppressWarnings("unchecked")
      List<Number> point =
          (List<Number>)
              session.page.evaluate(
                  """
                  async () => {
                    const v = globalThis.nightjar.viewer;
                    const p = v.placeOf({kind: 'commit', index: 200});
                    v.stage.camera.updateMatrixWorld();
                    const e = v.stage.camera.matrixWorldInverse.clone().premultiply(v.stage.camera.projectionMatrix).elements;
                    const w = e[3]*p[0]+e[7]*p[1]+e[11]*p[2]+e[15];
                    const x = (e[0]*p[0]+e[4]*p[1]+e[8]*p[2]+e[12])/w, y = (e[1]*p[0]+e[5]*p[1]+e[9]*p[2]+e[13])/w;
                    return [(x+1)/2*innerWidth, (1-y)/2*innerHeight];
                  }
                  """);
      session.page.mouse().click(point.get(0).doubleValue(), point.get(1).doubleValue());
      session.until("v.state.selection && v.state.selection.index > 150");
      int found = ((Number) session.ask("v.state.selection.index")).intValue();
      assertTrue(Math.abs(found - 200) <= 3, "commit " + found);
    }
  }

  @Test
  void selectsABenchmarkByItsRibbon() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.ask(
          "(v.state.setRunAxis('time'), v.state.show(0, v.state.end), v.state.moveTo(v.state.end),"
              + " 0)");
      Object picked =
          session.page.evaluate(
              """
              async () => {
                const v = globalThis.nightjar.viewer;
                const points = v.measurements.benchmarks[1].points;
                const middle = (points[0][0] + points[points.length - 1][0]) / 2 - v.manifest.first;
                const x = ((middle - v.state.from) / v.state.span - 0.5) * 24;
                const hit = await v.pick([x, 1, -11.6, 0, 0, -1]);
                v.state.select(hit);
                return hit.kind + hit.index;
              }
              """);
      assertEquals("series1", picked);
      session.page.getByText("The report tells more").waitFor();
    }
  }

  @Test
  void findsACommitByItsIdAndSelectsTheFirstHitByEnter() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      Locator search = session.page.locator("#search");
      search.fill(ViewerSession.commitId(123).substring(0, 7));
      search.press("Enter");
      session.until("v.state.selection && v.state.selection.index === 123");
      assertEquals("search", session.page.evaluate("document.activeElement.id"));
      assertEquals(1, session.ask("v.matches"));
      search.fill("number 399");
      search.press("Enter");
      session.until("v.state.selection.index === 399");
      session.page.evaluate(
          "id => { location.hash = '#commit=' + id; }",
          ViewerSession.commitId(77).substring(0, 10));
      session.until("v.state.selection.index === 77");
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void marksTheCulpritAndTellsABenchmarksRunsAndWhatChangedBetweenTwoMoments() {
    try (ViewerSession session = start(1200, 800).open(file())) {
      assertEquals(ViewerSession.CULPRIT, session.ask("v.manifest.suspects[0][0]"));
      session.page.locator("button[aria-label='List']").click();
      session.page.locator(".main select").selectOption("suspects");
      session.page.locator(".main tbody button").first().click();
      session.page.getByText("Suspected to have slowed").waitFor();
      session.picture("viewer-culprit");

      session.ask("v.state.select({kind: 'series', index: 0})");
      Locator runs = session.page.locator(".main [aria-label='Runs'] tbody tr");
      runs.first().waitFor();
      assertEquals(5, runs.count());
      assertTrue(runs.first().innerText().contains("regressed"), runs.first().innerText());
      assertTrue(runs.first().innerText().contains("µs"), runs.first().innerText());
      assertEquals("", Accessibility.violations(session.page));
      runs.first().locator("button").click();
      session.until("v.state.selection.index === " + (ViewerSession.CULPRIT + 2));

      session.page.locator("button[aria-label='Compare']").click();
      session.ask(
          "v.state.compare(v.commits.seconds(%d), v.commits.seconds(%d))"
              .formatted(ViewerSession.CULPRIT - 1, ViewerSession.CULPRIT + 3));
      session.page.getByText("At the later").waitFor();
      String rows = session.page.locator(".main table:has-text('At the later')").innerText();
      assertTrue(rows.contains("parse"), rows);
      assertTrue(rows.matches("(?s).*\\+[5-9]\\.\\d\u00a0?\\s?%.*"), rows);
      assertEquals(List.of(), session.console);
    }
  }

  /** The runs lie years after the commits, and days from one another. */
  @Test
  void foldsRunsThatWouldBeALineAmongYears() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.ask("(v.state.show(0, v.state.end), v.state.moveTo(v.state.end), 0)");
      assertEquals(true, session.ask("v.gauges.isFolded"));
      assertEquals(1, session.ask("v.gauges.ribbons.material.uniforms.uSpan.value"));
      assertEquals(
          "series1",
          session.page.evaluate(
              "async () => { const hit = await globalThis.nightjar.viewer.pick([0, 1, -11.6, 0, 0,"
                  + " -1]); return hit.kind + hit.index; }"));
      session.picture("viewer-folded");
      session.page.locator(".side select").first().selectOption("time");
      assertEquals(false, session.ask("v.gauges.isFolded"));
      session.page.waitForFunction("() => location.hash.includes('x=time')");
      session.page.locator(".side select").first().selectOption("runs");
      assertEquals(true, session.ask("v.gauges.isFolded"));
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void keepsTheFocusWherePeopleAre() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      String focused = "document.activeElement === document.body ? 'BODY' : 'there'";
      session.page.locator("#scene").focus();
      session.page.keyboard().press("?");
      assertTrue(session.page.locator(".main .keys").isVisible());
      assertEquals("there", session.page.evaluate(focused));
      session.page.locator("button[aria-label='List']").focus();
      session.page.keyboard().press("Enter");
      session.page.locator(".main tbody button").first().focus();
      session.page.keyboard().press("Enter");
      session.page.locator(".main h3.subject").waitFor();
      assertEquals("there", session.page.evaluate(focused));
      Locator parent = session.page.locator(".main .actions button:text-is('Parent')");
      parent.focus();
      Object selected = session.ask("v.state.selection.index");
      session.page.keyboard().press("Enter");
      session.until("v.state.selection.index !== " + selected);
      parent.waitFor();
      assertEquals("there", session.page.evaluate(focused));
      session.page.locator(".main button[aria-label='Close']").focus();
      session.page.keyboard().press("Enter");
      session.page.evaluate("() => new Promise(done => setTimeout(done, 100))");
      assertEquals("there", session.page.evaluate(focused));
    }
  }

  @Test
  void listsBranchesAndTags() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.page.locator("button[aria-label='List']").click();
      session.page.locator(".main select").selectOption("refs");
      session
          .page
          .locator(".main tbody button")
          .getByText("v1.0", new Locator.GetByTextOptions().setExact(true))
          .click();
      session.page.locator(".main h3.subject").waitFor();
      assertEquals("commit", session.ask("v.state.selection.kind"));
    }
  }

  @Test
  void comparesTwoMoments() {
    try (ViewerSession session = start(1200, 800).open(file())) {
      session.page.locator("button[aria-label='Compare']").click();
      session.ask("(v.state.moveTo(v.state.span * 0.2), 0)");
      session.page.getByText("Set A here").click();
      session.ask("(v.state.moveTo(v.state.span * 0.8), 0)");
      session.page.getByText("Set B here").click();
      session.page.getByText("changed in size").waitFor();
      assertEquals(1, session.ask("v.uniforms.uCompare.value"));
      session.picture("viewer-compare");
      session
          .page
          .getByText("End", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
          .click();
      assertEquals(0, session.ask("v.uniforms.uCompare.value"));
    }
  }

  @Test
  void keepsAViewInItsAddressAndInBookmarks() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.ask(
          "(v.state.show(100000, 400000), v.state.moveTo(300000), v.state.select({kind: 'commit',"
              + " index: 60}))");
      session.page.waitForFunction("() => location.hash.includes('s=commit')");
      String address = session.page.url();
      session.page.locator("button[aria-label='Bookmarks']").click();
      session.page.locator(".add input").fill("here");
      session.page.getByText("Keep this view").click();
      session.page.locator(".mark .link").waitFor();

      session.page.navigate("about:blank");
      session.open(address);

      assertEquals(300000, ((Number) session.ask("v.state.now")).intValue());
      assertEquals(60, session.ask("v.state.selection.index"));
      session.ask(
          "(v.state.show(0, v.wholeSpan), v.state.setLayer('files', false), v.state.compare(1, 2),"
              + " v.state.filterBy({kind: 'merge'}))");
      session.page.locator("button[aria-label='Bookmarks']").click();
      session.page.locator(".mark .link").click();
      assertEquals(100000, ((Number) session.ask("v.state.from")).intValue());
      assertEquals(true, session.ask("v.state.layers.files && !v.state.isComparing"));
      assertEquals("any", session.ask("v.state.filter.kind"));
    }
  }

  @Test
  void ignoresAnAddressThatMakesNoSense() {
    String hash = "#t=NaN~-1~x&s=commit~99999999&c=1~2&ab=~&f.author=x&h=constructor~files";
    try (ViewerSession session = start(800, 600).open(file() + hash)) {
      assertEquals(session.ask("v.wholeSpan"), session.ask("v.state.span"));
      assertEquals(null, session.ask("v.state.selection"));
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void showsHostileNamesAsText() {
    Path page = ViewerSession.publish(folder.resolve("hostile"), name -> name + ATTACK);
    try (ViewerSession session = start(1000, 700).open(page.toUri().toString())) {
      session.ask("v.state.select({kind: 'commit', index: 12})");
      session.page.locator(".main h3.subject").waitFor();
      assertTrue(
          session
              .page
              .locator(".main h3.subject")
              .textContent()
              .contains("<script>window.owned=1"));
      session.ask("v.state.select({kind: 'file', index: 0})");
      session.page.locator(".main h3.subject.path").waitFor();
      session.page.locator("button[aria-label='List']").click();
      session.page.locator(".main tbody tr").first().waitFor();
      assertEquals(null, session.page.evaluate("window.owned ?? null"));
      assertEquals(0, session.page.locator("#viewer script, #viewer img").count());
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void saysWhichPageIsMissingOrDamagedAndShowsTheRest() throws IOException {
    Path site = folder.resolve("damaged");
    Path page = ViewerSession.publish(site, UnaryOperator.identity());
    Path data;
    try (Stream<Path> folders = Files.list(site.resolve("viewer/data"))) {
      data = folders.findFirst().orElseThrow();
    }
    Files.delete(data.resolve("city.js"));
    String subjects = Files.readString(data.resolve("subjects-0.js"));
    Files.writeString(data.resolve("subjects-0.js"), subjects.substring(0, subjects.length() / 2));
    String measured = Files.readString(data.resolve("measurements.js"));
    int middle = measured.length() / 2;
    Files.writeString(
        data.resolve("measurements.js"),
        measured.substring(0, middle) + measured.substring(middle + 8));
    try (ViewerSession session = start(1000, 700).open(page.toUri().toString())) {
      String problems = session.page.locator(".problems").textContent();
      assertTrue(problems.contains("city.js is missing"), problems);
      assertEquals(2, session.page.locator(".problems li").count());
      session.ask("v.state.select({kind: 'commit', index: 3})");
      session.page.locator(".main .problem").waitFor();
      assertTrue(
          session
              .page
              .locator(".main .problem")
              .textContent()
              .contains("subjects-0.js is damaged"));
      assertEquals(session.ask("v.manifest.commits"), session.ask("v.range.last"));
    }
  }

  @Test
  void showsTheOtherPagesOfCommitsWhenOneIsTruncated() throws IOException {
    Path site = folder.resolve("truncated");
    int commits = 20_000;
    Path page = ViewerSession.publish(site, UnaryOperator.identity(), commits);
    Path data;
    try (Stream<Path> folders = Files.list(site.resolve("viewer/data"))) {
      data = folders.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(data.resolve("commits-0.js"));
    Files.write(data.resolve("commits-0.js"), Arrays.copyOf(whole, whole.length / 2));
    try (ViewerSession session = start(1000, 700).open(page.toUri().toString())) {
      assertTrue(
          session.page.locator(".problems").textContent().contains("commits-0.js is damaged"));
      assertEquals(1, session.page.locator(".problems li").count());
      assertEquals(true, session.ask("v.river.clusters.visible"));
      assertFalse(session.page.locator(".progress").isVisible());
      session.page.locator("button[aria-label='List']").click();
      session.page.locator(".main tbody tr").first().waitFor();
      session.ask("v.state.select({kind: 'commit', index: 19000})");
      session.page.locator(".main h3.subject").waitFor();
      session.page.locator("#search").fill("number 19999");
      session.until("v.matches === 1");
    }
  }

  @Test
  void saysSoWhenNothingCanBeShown() throws IOException {
    Path site = folder.resolve("empty");
    Path page = ViewerSession.publish(site, UnaryOperator.identity());
    Path data;
    try (Stream<Path> folders = Files.list(site.resolve("viewer/data"))) {
      data = folders.findFirst().orElseThrow();
    }
    Files.delete(data.resolve("manifest.js"));
    try (ViewerSession session = start(800, 600)) {
      session.page.navigate(page.toUri().toString());
      Locator loading = session.page.locator("#loading[role=alert]");
      loading.waitFor();
      assertTrue(loading.textContent().contains("manifest.js is missing"));
    }
  }

  @Test
  void comesBackAfterAResizeAndALostContext() {
    try (ViewerSession session = start(1000, 700).open(file())) {
      session.page.setViewportSize(700, 900);
      session.until(
          "v.stage.canvas.width === 700 && Math.abs(v.stage.camera.aspect - 700 / 900) < 0.01");
      session.page.evaluate(
          "() => { const v = globalThis.nightjar.viewer; globalThis.lost ="
              + " v.stage.renderer.getContext().getExtension('WEBGL_lose_context');"
              + " lost.loseContext(); }");
      session.page.locator(".problems").waitFor();
      session.page.locator("button[aria-label='List']").click();
      session.page.locator(".main tbody tr").first().waitFor();
      session.page.evaluate("() => lost.restoreContext()");
      session.page.waitForCondition(() -> session.page.locator(".problems").count() == 0);
      int frames = ((Number) session.ask("v.stage.frames")).intValue();
      session.ask("v.stage.invalidate()");
      session.until("v.stage.frames > " + frames);
      assertFalse((Boolean) session.ask("v.stage.renderer.getContext().isContextLost()"));
    }
  }

  @Test
  void isThereInTwoDimensionsWithoutWebGl() {
    try (ViewerSession session = start(1000, 700)) {
      session.page.addInitScript(
          "const get = HTMLCanvasElement.prototype.getContext;"
              + "HTMLCanvasElement.prototype.getContext = function(kind, ...more) {"
              + " return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };");
      session.open(file());
      assertEquals(null, session.ask("v.stage"));
      assertTrue(session.page.locator(".problems").textContent().contains("two dimensions"));
      session.picture("viewer-flat");
      session.page.mouse().click(400, 480);
      session.page.locator("button[aria-label='List']").click();
      session.page.locator(".main tbody tr").first().waitFor();
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void saysWhatTheDeviceCanDo() {
    try (ViewerSession session = start(800, 600)) {
      session.page.navigate(file() + "?diagnose");
      session.page.getByText("WebGL 2").waitFor();
      assertEquals("", Accessibility.violations(session.page));
    }
  }
}
