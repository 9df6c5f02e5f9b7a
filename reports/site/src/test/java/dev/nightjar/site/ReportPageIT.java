package dev.nightjar.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.nightjar.site.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real Chromium, opened from its file. Pictures are left in target/screenshots. */
class ReportPageIT {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String ATTACK =
      "\"><script>window.owned=1</script><img src=x onerror=window.owned=2>'"
          + " onmouseover='window.owned=3' javascript:window.owned=4 </title></style></script><svg"
          + " onload=window.owned=5> \u202Eevil\u2066 \0\u0007\u001b[31m \uD800 \uFFFE & ]]> =1+1";
  private static Browser chromium;
  private final List<String> console = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();
  @TempDir Path site;

  @BeforeAll
  static void start() throws IOException {
    chromium = Browser.start();
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void closePages() {
    contexts.forEach(BrowserContext::close);
  }

  private Page open(Report data, int width, ColorScheme scheme) {
    Path front = new SitePublisher().publish(data, site);
    BrowserContext context =
        chromium
            .browser()
            .newContext(new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("error: " + error));
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(front.toUri().toString());
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void isAccessibleAndQuietInLightAndDark(ColorScheme scheme) {
    Page page = open(new SampleReport().build(), 1280, scheme);
    picture(page, "desktop-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    assertEquals(List.of(), console);
    assertEquals(List.of(page.url()), ownRequests());
    Page whole = open(small(), 1280, scheme);
    whole.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertEquals("", Accessibility.violations(whole));
  }

  /** As many kinds of things as ever, and few of each, as axe looks at each of them for long. */
  private static Report small() {
    return new SampleReport().series(7).runs(5).telemetrySeconds(60).build();
  }

  /** The icon is {@code data:,}, which is in the page itself. */
  private List<String> ownRequests() {
    return requests.stream().filter(url -> !url.startsWith("data:")).toList();
  }

  /** That nothing is found on our pages says something only if something would be. */
  @Test
  void whatIsNotAccessibleIsFound() {
    try (BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.setContent("<html><body><img src='data:,'><p style='color:#eee'>pale</p></body></html>");
      String violations = Accessibility.violations(page);
      assertTrue(violations.contains("image-alt"), violations);
      assertTrue(violations.contains("color-contrast"), violations);
    }
  }

  @Test
  void fitsATelephone() {
    Page page = open(small(), 390, ColorScheme.LIGHT);
    picture(page, "telephone");
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertEquals(390, page.evaluate("document.documentElement.scrollWidth"));
    assertEquals("", Accessibility.violations(page));
    assertEquals(List.of(), console);
  }

  /** What a telephone shows first is whole, and what is wanted last is folded. */
  @Test
  void aTelephoneShowsTheChangesWholeAndFoldsTheBackground() {
    Page page = open(new SampleReport().series(12).build(), 390, ColorScheme.LIGHT);

    assertEquals(
        List.of(),
        page.evaluate(
            "[...document.querySelectorAll('.results th, .results td')].filter(cell =>"
                + " cell.getBoundingClientRect().right > 375).map(cell => cell.textContent)"));
    assertTrue(page.getByText("8 more series").isVisible());
    int height = (Integer) page.evaluate("document.documentElement.scrollHeight");
    System.out.println("telephone, 12 series: " + height + " px");
    assertTrue(height < 6500, height + " px");
    picture(page, "telephone-folded");
    page.locator("nav a[href='#telemetry']").click();
    assertTrue(page.locator("#telemetry .lane").first().isVisible());
    page.locator(".results a[href='#series-9']").click();
    assertTrue(page.locator("#series-9").isVisible());
    assertEquals("", Accessibility.violations(page));
    assertEquals(List.of(), console);
  }

  @Test
  void printsOnFivePagesAtMost() throws IOException {
    Page page = open(new SampleReport().series(12).commits(75).build(), 1280, ColorScheme.LIGHT);
    Path file = PICTURES.resolve("report.pdf");
    page.pdf(new Page.PdfOptions().setPath(file).setFormat("A4").setPreferCSSPageSize(true));

    String pdf = Files.readString(file, StandardCharsets.ISO_8859_1);
    long pages = Pattern.compile("/Type */Page\\b").matcher(pdf).results().count();
    System.out.println("on paper, 12 series and 75 commits: " + pages + " pages");
    assertTrue(pages >= 2 && pages <= 5, pages + " pages");
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void printsOnWhite(ColorScheme scheme) {
    Page page = open(small(), 1000, scheme);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

    assertEquals(
        "rgb(255, 255, 255)", page.evaluate("getComputedStyle(document.body).backgroundColor"));
    assertEquals("none", page.evaluate("getComputedStyle(document.querySelector('nav')).display"));
    assertEquals("", Accessibility.violations(page));
    picture(page, "print-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void keepsAttacksAsText() {
    Report data = new SampleReport().names(name -> name + ATTACK).series(4).build();
    Page page = open(data, 390, ColorScheme.LIGHT);
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
    page.evaluate(
        "document.querySelectorAll('bdi').forEach(b => b.dispatchEvent(new MouseEvent('mouseover',"
            + " {bubbles: true})))");

    assertEquals(true, page.evaluate("window.owned === undefined"));
    assertEquals(1, page.locator("script").count());
    assertEquals(1, page.locator("style").count());
    assertEquals(0, page.locator("img, iframe, object, embed, form, base").count());
    assertEquals(
        0,
        page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some("
                + "a => a.name.startsWith('on') || a.name === 'style'"
                + " || /^\\s*javascript:/i.test(a.value) && a.name !== 'title')).length"));
    assertTrue(page.locator("main").innerText().contains("<script>window.owned=1</script>"));
    assertTrue(page.locator("main").innerText().contains("⟨U+202E⟩evil⟨U+2066⟩"));
    String shown = (String) page.evaluate("document.documentElement.outerHTML");
    assertTrue(
        shown.codePoints().noneMatch(c -> c == 0 || c == 0x202e || c == 0x2066 || c == 0xfffe));
    assertEquals(List.of(), wideElements(page));
    assertEquals(390, page.evaluate("document.documentElement.scrollWidth"));
    assertEquals(List.of(), console);
    assertEquals(List.of(page.url()), ownRequests());
    picture(page, "attacks");
  }

  @Test
  void shortensWhatIsVeryLong() {
    String long10k = "x".repeat(10_000);
    Page page =
        open(
            new SampleReport().names(name -> name + long10k).series(2).build(),
            390,
            ColorScheme.LIGHT);

    assertEquals(390, page.evaluate("document.documentElement.scrollWidth"));
    assertTrue(page.locator("#commits").innerText().contains("characters)"));
    assertTrue(page.content().length() < 600_000, page.content().length() + " characters");
  }

  @Test
  void runsNothingThatIsNotItsOwn() {
    Page page = open(new SampleReport().series(2).build(), 1280, ColorScheme.LIGHT);

    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.owned=1';"
            + " document.body.append(s); }");

    assertEquals(true, page.evaluate("window.owned === undefined"));
    assertTrue(
        console.stream().anyMatch(line -> line.contains("Content Security Policy")), console + "");
  }

  @Test
  void filtersAndSortsWithTheKeyboard() {
    Page page = open(new SampleReport().build(), 1280, ColorScheme.LIGHT);

    page.getByRole(AriaRole.SEARCHBOX).fill("memory");
    assertEquals("3 of 8 shown", page.locator(".controls output").innerText());
    assertEquals(3, page.locator(".card:visible").count());
    page.getByRole(AriaRole.SEARCHBOX).fill("");
    page.getByRole(AriaRole.COMBOBOX).selectOption("regressed");
    assertEquals(1, page.locator(".card:visible").count());
    page.getByRole(AriaRole.COMBOBOX).selectOption("");
    page.locator(".results th:has-text('Change') button").focus();
    page.keyboard().press("Enter");
    page.keyboard().press("Enter");

    assertEquals(
        "descending", page.locator(".results th:has-text('Change')").getAttribute("aria-sort"));
    assertTrue(page.locator(".results tbody tr").first().innerText().contains("+8.2"));
    assertTrue(page.locator(".results tbody tr").last().innerText().contains("—"));
  }

  @Test
  void saysInWordsWhatIsEmpty() {
    Report data = new SampleReport().series(0).runs(1).empty();
    Page page = open(data, 390, ColorScheme.DARK);

    assertEquals("No benchmark was measured in this run.", page.locator("h1").innerText());
    for (String id :
        List.of("results", "history", "commits", "telemetry", "health", "research", "skipped")) {
      assertTrue(page.locator("#" + id + " .nothing").first().innerText().length() > 10, id);
    }
    assertEquals("", Accessibility.violations(page));
    picture(page, "empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void foldsCommitsAfterTwentyAndSaysHowManyMore(int width) {
    Page page = open(new SampleReport().series(2).commits(75).build(), width, ColorScheme.LIGHT);
    Locator rows = page.locator("#commits tbody tr");
    Locator more = page.locator("#commits summary");

    assertEquals(20, visible(rows));
    assertEquals("55 more commits", more.innerText());
    page.locator("#commits").scrollIntoViewIfNeeded();
    picture(page, "commits-folded-" + width);
    more.focus();
    page.keyboard().press("Enter");
    assertEquals(75, visible(rows));
    assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
    picture(page, "commits-open-" + width);
    assertEquals(List.of(), console);
  }

  private static long visible(Locator rows) {
    return rows.all().stream().filter(Locator::isVisible).count();
  }

  @Test
  void saysWhereASeriesChangedAndWhatWasDisturbed() {
    Page page = open(new SampleReport().build(), 1280, ColorScheme.LIGHT);

    assertEquals(1, page.locator(".cards .step").count());
    String change = page.locator(".changes li").innerText();
    assertTrue(change.startsWith("Since "), change);
    assertTrue(change.contains("(−10.0\u00a0%), 99.8\u00a0% sure."), change);
    assertTrue(page.locator(".lane .noise").count() >= 4);
    assertEquals(1, page.locator(".card .disturbed").count());
    page.getByText("3 repetitions were disturbed").click();
    assertTrue(
        page.getByRole(AriaRole.REGION, regionNamed("Table: Disturbed repetitions"))
            .innerText()
            .contains("steal by the hypervisor"));
  }

  private static Page.GetByRoleOptions regionNamed(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void isTheSameFromAServer() {
    Path front = new SitePublisher().publish(small(), site);
    try (LocalServer server = new LocalServer(front.getParent());
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
      page.onRequest(request -> requests.add(request.url()));
      page.navigate(server.address("index.html"));
      assertEquals(7, page.locator(".card").count());
      page.getByText("All reports on this site").click();
      page.waitForURL("**/runs/index.html");

      assertEquals(List.of(), console);
      assertEquals(
          List.of(),
          ownRequests().stream().filter(url -> !url.startsWith(server.address(""))).toList());
    }
  }

  @Test
  void listsEveryReportOnTheSite() {
    Report data = new SampleReport().series(2).build();
    Page page = open(data, 1280, ColorScheme.LIGHT);

    page.locator("text=All reports on this site").click();
    page.waitForURL("**/runs/index.html");
    assertEquals(1, page.locator("tbody tr").count());
    assertEquals("", Accessibility.violations(page));
    page.locator("tbody a").click();
    page.waitForURL("**/" + data.run().id() + "/index.html");

    page.locator("#data a").first().waitFor();
    for (Object file :
        (List<?>)
            page.evaluate(
                "[...document.querySelectorAll('#data a')].map(a => a.getAttribute('href'))")) {
      assertTrue(
          Files.exists(site.resolve("runs/" + data.run().id()).resolve((String) file)), file + "");
    }
    assertEquals(List.of(), console);
  }

  /** What sticks out to the right of a page of 390 pixels without a box of its own that scrolls. */
  private static Object wideElements(Page page) {
    return page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 391"
            + " && document.documentElement.scrollWidth > 390 && !e.closest('.scroll, svg,"
            + " .visually-hidden')).slice(0, 8).map(e => e.tagName + '.' + e.className + ' ' +"
            + " Math.round(e.getBoundingClientRect().right))");
  }
}
