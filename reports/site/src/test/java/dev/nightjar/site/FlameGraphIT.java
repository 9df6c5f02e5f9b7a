package dev.nightjar.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FlameFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Flame graphs of two slowdowns that were planted in real programs, one counted and one sampled, in
 * a real Chromium. Pictures are left in target/screenshots.
 */
class FlameGraphIT {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static Browser chromium;
  private final List<String> console = new ArrayList<>();
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

  private static DifferentialProfile recorded(String name) {
    try (InputStream in =
        FlameGraphIT.class.getResourceAsStream("section/functions/" + name + ".json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(in), DifferentialProfile.class);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Page open(List<DifferentialProfile> profiles, int width, ColorScheme scheme) {
    Path front =
        new SitePublisher()
            .publish(
                new SampleReport()
                    .series(2)
                    .runs(4)
                    .telemetrySeconds(30)
                    .profiles(profiles)
                    .build(),
                site);
    BrowserContext context =
        chromium
            .browser()
            .newContext(new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
    page.onPageError(error -> console.add("error: " + error));
    page.navigate(front.toUri().toString());
    return page;
  }

  private static List<DifferentialProfile> both() {
    return List.of(recorded("lz4"), recorded("commons-csv"));
  }

  private static void picture(Page page, String name) {
    page.locator("#functions")
        .screenshot(new Locator.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK"})
  void isAccessibleAndFitsWideAndNarrow(int width, ColorScheme scheme) {
    Page page = open(both(), width, scheme);
    picture(page, "flames-%d-%s".formatted(width, scheme));
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertEquals("", Accessibility.violations(page));
    assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
    assertEquals(List.of(), console);
    assertEquals(2, page.locator("svg.flame").count());
    assertTrue(page.locator("#functions").innerText().contains("of the slowdown"));
  }

  @Test
  void searchTellsWhatShareItIsAndMarksIt() {
    Page page = open(both(), 1280, ColorScheme.LIGHT);
    Locator panel = page.locator(".profile").first();

    panel.getByRole(AriaRole.SEARCHBOX).fill("lz4_COUNT");

    String found = panel.locator("output").innerText();
    assertTrue(found.matches("\\d+ boxes, \\d+\\.\\d % of the cost"), found);
    assertTrue(panel.locator(".found").count() > 0);
    assertEquals(0, page.locator(".profile").last().locator(".found").count());
    picture(page, "flames-searched");
    panel.getByRole(AriaRole.SEARCHBOX).fill("");
    assertEquals(0, panel.locator(".found").count());
    assertEquals("", panel.locator("output").innerText());
  }

  @ParameterizedTest
  @CsvSource({"1280", "390"})
  void aClickZoomsAndTheButtonGoesBack(int width) {
    Page page = open(both(), width, ColorScheme.LIGHT);
    Locator panel = page.locator(".profile").first();
    Locator whole = panel.getByRole(AriaRole.BUTTON, button("Whole program"));
    Locator box = panel.locator(".box:has-text('LZ4_count') rect").last();
    double before = box.boundingBox().width;

    assertTrue(whole.isDisabled());
    box.click();

    assertTrue(box.boundingBox().width > before);
    assertEquals(
        panel.locator("svg.flame").boundingBox().width, box.boundingBox().width, 8, "zoomed");
    picture(page, "flames-zoomed-" + width);
    whole.click();
    assertEquals(before, box.boundingBox().width, 0.5);
    assertEquals(0, panel.locator(".box[hidden]").count());
  }

  private static Locator.GetByRoleOptions button(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  @Test
  void theKeyboardWalksTheTree() {
    Page page = open(both(), 1280, ColorScheme.LIGHT);
    Locator flame = page.locator("svg.flame").first();
    assertEquals(
        1, flame.locator("[tabindex='0']").count(), "one stop on the way of the tabulator");

    page.locator(".profile").first().getByRole(AriaRole.SEARCHBOX).focus();
    page.keyboard().press("Tab");
    assertEquals("all", focused(page));
    page.keyboard().press("ArrowUp");
    String first = focused(page);
    assertTrue(!first.equals("all"), first);
    page.keyboard().press("ArrowUp");
    page.keyboard().press("Enter");
    assertTrue(flame.locator(".box[hidden]").count() > 0 || first.equals("(below main)"));
    page.keyboard().press("Escape");
    assertEquals(0, flame.locator(".box[hidden]").count());
    page.keyboard().press("ArrowDown");
    assertEquals(first, focused(page));
    page.keyboard().press("Home");
    assertEquals("all", focused(page));
  }

  private static String focused(Page page) {
    return (String) page.evaluate("document.activeElement.querySelector('text').textContent");
  }

  @Test
  void namesOfFunctionsAreTextAndNothingElse() {
    String attack =
        "<script>window.owned=1</script>\"'><img src=x onerror=window.owned=2>\u202e\u0007";
    DifferentialProfile lz4 = recorded("lz4");
    DifferentialProfile hostile =
        new DifferentialProfile(
            attack,
            lz4.profiler(),
            lz4.total(),
            Optional.empty(),
            lz4.functions(),
            renamed(lz4.flame(), attack),
            List.of(attack));

    Page page = open(List.of(hostile), 390, ColorScheme.LIGHT);
    page.locator(".profile").getByRole(AriaRole.SEARCHBOX).fill("<script>");

    assertEquals(true, page.evaluate("window.owned === undefined"));
    assertEquals(1, page.locator("script").count());
    assertEquals(0, page.locator("img").count());
    assertEquals(
        0,
        page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some("
                + "a => a.name.startsWith('on') || a.name === 'style')).length"));
    assertEquals(390, page.evaluate("document.documentElement.scrollWidth"));
    assertEquals(List.of(), console);
    assertEquals("", Accessibility.violations(page));
  }

  private static FlameFrame renamed(FlameFrame frame, String more) {
    return new FlameFrame(
        frame.name() + more,
        frame.cost(),
        frame.children().stream().map(child -> renamed(child, more)).toList());
  }
}
