package dev.nightjar.site.viewer;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.site.Browser;
import dev.nightjar.site.SampleReport;
import dev.nightjar.site.SitePublisher;
import dev.nightjar.site.page.WebPlaces;
import dev.nightjar.site.report.Report;
import dev.nightjar.store.report.CommitLine;
import dev.nightjar.viewer.SmallHistory;
import dev.nightjar.viewer.ViewerFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** A published site, open in a browser; remembers what the page said and asked for. */
final class ViewerSession implements AutoCloseable {
  private static final int COMMITS = 400;

  /** The commit that is suspected; each run measured one two before the next. */
  static final int CULPRIT = 240;

  final List<String> console = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  final Page page;
  private final BrowserContext context;

  private ViewerSession(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(message -> {
      // Chromium tells of reads back from a graphics card that is the processor.
      if (!message.text().contains("GPU stall due to ReadPixels")) {
        console.add(message.type() + ": " + message.text());
      }
    });
    page.onPageError(error -> console.add("error: " + error));
    page.onRequest(request -> requests.add(request.url()));
  }

  /** Publishes a small repository whose every name passes the function. */
  static Path publish(Path site, UnaryOperator<String> names) {
    return publish(site, names, COMMITS);
  }

  /** The same with so many commits. */
  static Path publish(Path site, UnaryOperator<String> names, int commits) {
    Report data =
        new SampleReport()
            .names(names)
            .series(3)
            .runs(5)
            .telemetrySeconds(30)
            .measured(run -> commitId(CULPRIT + 2 - 2 * run))
            .culprit(culprit(names))
            .build();
    ViewerFolder viewer =
        new ViewerFolder(
            SmallHistory.plausible(commits, names), "https://forge.invalid/a/b/commit/");
    new SitePublisher(viewer, WebPlaces.UNKNOWN).publish(data, site);
    return site.resolve("viewer").resolve("index.html");
  }

  /** The id of a commit of that history. */
  static String commitId(int number) {
    return HexFormat.of().formatHex(SmallHistory.id(number));
  }

  private static CommitLine culprit(UnaryOperator<String> names) {
    return new CommitLine(
        commitId(CULPRIT),
        names.apply("Author 1"),
        null,
        names.apply("Change number " + CULPRIT),
        ChangeListing.LISTED,
        1L,
        1L,
        1L);
  }

  static ViewerSession start(Browser chromium, int width, int height, ColorScheme scheme) {
    return new ViewerSession(
        chromium
            .browser()
            .newContext(
                new NewContextOptions().setViewportSize(width, height).setColorScheme(scheme)));
  }

  /** Opens the address and waits until all is loaded. */
  ViewerSession open(String address) {
    page.navigate(address);
    page.waitForFunction("() => globalThis.nightjar && globalThis.nightjar.isLoaded");
    return this;
  }

  /** Evaluates with {@code v} being the viewer. */
  Object ask(String expression) {
    return page.evaluate(
        "() => { const v = globalThis.nightjar.viewer; return " + expression + "; }");
  }

  /** Waits until it is true. */
  void until(String expression) {
    page.waitForFunction(
        "() => { const v = globalThis.nightjar.viewer; return " + expression + "; }");
  }

  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
  }

  @Override
  public void close() {
    context.close();
  }
}
