package dev.nightjar.site.viewer;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.nightjar.site.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An emulated headset on a person who looks at the viewer. {@code headset.js} tells the profiles.
 */
final class Headset implements AutoCloseable {
  final ViewerSession session;

  private Headset(ViewerSession session) {
    this.session = session;
  }

  /** Puts a headset on and opens the viewer, outside of a session still. */
  static Headset wear(Browser chromium, Path runtime, Path viewer, String profile)
      throws IOException {
    ViewerSession session = ViewerSession.start(chromium, 640, 360, ColorScheme.DARK);
    session.page.addInitScript(Files.readString(runtime));
    session.page.addInitScript(script() + "headset.wear('" + profile + "');");
    return new Headset(session.open(viewer.toUri().toString()));
  }

  private static String script() throws IOException {
    try (InputStream in = Headset.class.getResourceAsStream("headset.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The button of a kind of session, VR or AR. */
  Locator button(String kind) {
    show(true);
    return session.page.locator("button.enter[data-kind='" + kind + "']");
  }

  /**
   * Begins a session whose frames are gone through without drawing, on a page that shows nothing:
   * both take the processor a tenth of a second a frame, and change nothing of what is asked here.
   */
  Headset enter(String kind) {
    ask("void (v.stage.renderer.render = () => v.stage.scene.updateMatrixWorld())");
    button(kind).click();
    return show(false).begun();
  }

  private Headset show(boolean isShown) {
    ask(
        "void (document.documentElement.style.visibility = '%s')"
            .formatted(isShown ? "" : "hidden"));
    return this;
  }

  /** Begins a session whose every frame is drawn. */
  Headset enterAndDraw(String kind) {
    button(kind).click();
    return begun();
  }

  private Headset begun() {
    session.until("v.xr && v.stage.renderer.xr.isPresenting && v.stage.frames > 3");
    session.until("v.stage.root.position.z !== 0");
    return frames(2);
  }

  /** Evaluates with {@code v} being the viewer and {@code right} and {@code left} the hands. */
  Object ask(String expression) {
    return session.page.evaluate(
        "() => { const v = globalThis.nightjar.viewer, d = globalThis.device, h = globalThis.headset;"
            + " const held = d?.primaryInputMode === 'hand' ? d.hands : d?.controllers;"
            + " const {left, right} = held ?? {}; return "
            + expression
            + "; }");
  }

  double number(String expression) {
    return ((Number) ask(expression)).doubleValue();
  }

  /** Does it and lets frames pass. */
  Headset act(String expression) {
    ask("void (" + expression + ")");
    return frames(1);
  }

  Headset frames(int count) {
    session.until("v.stage.frames > " + (int) (number("v.stage.frames") + count));
    return this;
  }

  /**
   * Remembers from now on how dark the edge of the view was at most, as it is so for less than a
   * second.
   */
  Headset watchDarkness() {
    return act(
        "(globalThis.darkest = 0, function watch() {"
            + " const {vignette, dark_} = v.xr.travel;"
            + " globalThis.darkest = Math.max(globalThis.darkest, vignette.visible ? dark_.value : 0);"
            + " v.xr.session.requestAnimationFrame(watch); }())");
  }

  /** Points what is in the right hand at a place that the expression gives. */
  Headset aim(String place) {
    return act("h.aim(right, " + place + ", [0.2, 1.3, -0.1])");
  }

  /** Pulls and lets go. */
  Headset press(String button) {
    act("right.updateButtonValue('" + button + "', 1)");
    return act("right.updateButtonValue('" + button + "', 0)");
  }

  Headset pinch() {
    act("right.updatePinchValue(1)");
    return act("right.updatePinchValue(0)");
  }

  /** Presses a field of the panel by the ray of the right controller. */
  Headset pressField(String name) {
    session.until("v.xr.panel.fields.some(each => each.name === '" + name + "')");
    return aim("h.field('" + name + "')").press("trigger");
  }

  @Override
  public void close() {
    session.close();
  }
}
