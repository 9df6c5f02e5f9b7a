package dev.nightjar.reports.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import dev.nightjar.reports.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions in headsets that are emulated: the profiles that IWER has of Meta's, and one made by
 * hand of what is known of Apple's. No real headset has run this.
 */
class HeadsetIT {
  /** A room that has a table at three quarters of a metre and nothing else. */
  private static final String TABLE =
      """
      class Room {
        constructor() { this.version = 'room'; this.trackedPlanes = new Set(); this.trackedMeshes = new Set();
          this.planesVisible = false; this.boundingBoxesVisible = false; this.meshesVisible = false;
          this.environmentCanvas = document.createElement('canvas'); }
        render() {}
        loadEnvironment() {}
        loadDefaultEnvironment() {}
        deleteAll() {}
        computeDepthBuffer() { return null; }
        computeHitTestResults(m) {
          const d = [-m[8], -m[9], -m[10]]; const along = (0.75 - m[13]) / d[1];
          if (!(along > 0)) return [];
          return [new Float32Array([1,0,0,0, 0,1,0,0, 0,0,1,0, m[12]+along*d[0], 0.75, m[14]+along*d[2], 1])];
        }
      }
      """;

  private static final String VISION_PRO =
      """
      const profile = {
        name: 'Apple Vision Pro, made by hand', controllerConfig: undefined,
        supportedSessionModes: ['inline', 'immersive-vr'],
        supportedFeatures: ['viewer', 'local', 'local-floor', 'unbounded', 'hand-tracking'],
        supportedFrameRates: [90], isSystemKeyboardSupported: false, internalNominalFrameRate: 90,
        environmentBlendModes: {'immersive-vr': 'opaque'}, interactionMode: 'world-space',
        userAgent: navigator.userAgent,
      };
      """;

  @TempDir static Path folder;
  private static Browser chromium;
  private static Path viewer;
  private static Path runtime;

  @BeforeAll
  static void publish() throws Exception {
    runtime = EmulatedHeadset.script();
    chromium = Browser.start();
    viewer = ViewerSession.publish(folder.resolve("site"), UnaryOperator.identity());
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static ViewerSession wear(String profile) throws IOException {
    ViewerSession session = ViewerSession.start(chromium, 640, 480, ColorScheme.DARK);
    session.page.addInitScript(java.nio.file.Files.readString(runtime));
    session.page.addInitScript(
        "(() => {"
            + TABLE
            + profile
            + "const device = new IWER.XRDevice(profile); device.installRuntime({forceInstall: true});"
            + "device.installSEM(Room); device.stereoEnabled = true; globalThis.device = device; })()");
    return session.open(viewer.toUri().toString());
  }

  private static String meta(String name) {
    return "const profile = IWER." + name + ";";
  }

  private static void enter(ViewerSession session, String mode) {
    session
        .page
        .locator(
            "button.enter", new com.microsoft.playwright.Page.LocatorOptions().setHasText(mode))
        .click();
    session.until("v.xr && v.stage.renderer.xr.isPresenting && v.stage.frames > 3");
    session.until("v.xr.head.y !== 0");
  }

  /** Points the right controller at a place of the scene. */
  private static void pointAt(ViewerSession session, String place) {
    session.page.evaluate(
        """
        (local) => {
          const v = globalThis.nightjar.viewer; const d = globalThis.device;
          v.stage.root.updateMatrixWorld(true);
          const e = v.stage.root.matrixWorld.elements;
          const p = [0, 1, 2].map(i => e[i]*local[0] + e[4+i]*local[1] + e[8+i]*local[2] + e[12+i]);
          const c = d.controllers.right; const o = [0.2, 1.3, -0.1];
          c.position.set(o[0], o[1], o[2]);
          const dir = [0, 1, 2].map(i => p[i] - o[i]); const l = Math.hypot(...dir);
          const n = dir.map(x => x / l);
          // The turn that takes (0, 0, -1) to the direction.
          const q = [n[1], -n[0], 0, 1 - n[2]]; const s = Math.hypot(...q);
          c.quaternion.set(q[0] / s, q[1] / s, q[2] / s, q[3] / s);
        }
        """,
        session.ask(place));
    nextFrames(session);
  }

  private static void nextFrames(ViewerSession session) {
    int frames = ((Number) session.ask("v.stage.frames")).intValue();
    session.until("v.stage.frames > " + (frames + 3));
  }

  private static void press(ViewerSession session, String button) {
    session.page.evaluate("b => device.controllers.right.updateButtonValue(b, 1)", button);
    nextFrames(session);
    session.page.evaluate("b => device.controllers.right.updateButtonValue(b, 0)", button);
    nextFrames(session);
  }

  @Test
  void scalesWithTwoHandsThatSqueeze() throws IOException {
    try (ViewerSession session = wear(meta("metaQuest3"))) {
      enter(session, "VR");
      double before = ((Number) session.ask("v.stage.root.scale.x")).doubleValue();
      session.page.evaluate(
          "() => { device.controllers.left.position.set(-0.2, 1.2, -0.4);"
              + " device.controllers.right.position.set(0.2, 1.2, -0.4); }");
      nextFrames(session);
      session.page.evaluate(
          "() => ['left', 'right'].forEach(h => device.controllers[h].updateButtonValue('squeeze', 1))");
      session.until("v.xr.done.grab === 2");
      nextFrames(session);
      session.page.evaluate("() => { device.controllers.right.position.x = 0.6; }");
      nextFrames(session);

      assertEquals(
          before * 2, ((Number) session.ask("v.stage.root.scale.x")).doubleValue(), before * 0.05);
    }
  }

  @Test
  void pressesThePanel() throws IOException {
    try (ViewerSession session = wear(meta("metaQuest3"))) {
      enter(session, "VR");
      // The middle of the button that plays.
      session.page.evaluate(
          """
          () => {
            const v = globalThis.nightjar.viewer;
            const field = v.xr.panel.fields_[2];
            v.xr.panel.press((field.x + field.width / 2) / 1024, 1 - (field.y + field.height / 2) / 640);
          }
          """);
      assertTrue((Boolean) session.ask("v.state.isPlaying"));
      session.ask("v.state.play(false)");
      pointAt(
          session,
          "(() => { const m = v.xr.panel.mesh.getWorldPosition(v.xr.head.clone());"
              + " return v.stage.root.worldToLocal(m).toArray(); })()");
      press(session, "trigger");
      session.until("v.xr.done.panel > 0");
    }
  }

  @Test
  void followsHandsAndSelectsWithAPinch() throws IOException {
    try (ViewerSession session = wear(meta("metaQuest3"))) {
      session.page.evaluate("() => { device.primaryInputMode = 'hand'; }");
      enter(session, "VR");
      session.until("v.xr.hands.jointsSeen >= 48");
      session.page.evaluate("() => device.hands.right.updatePinchValue(1)");
      nextFrames(session);
      session.page.evaluate("() => device.hands.right.updatePinchValue(0)");
      nextFrames(session);
      assertEquals(List.of(), session.console);
    }
  }

  @Test
  void standsOnATableOfTheRoomAndFindsItAgain() throws IOException {
    try (ViewerSession session = wear(meta("metaQuest3"))) {
      enter(session, "AR");
      session.page.evaluate(
          "() => { device.position.set(0, 1.6, 0); const s = Math.sin(-0.35), c = Math.cos(-0.35); device.quaternion.set(s, 0, 0, c); }");
      session.until("v.xr.anchoring.mark.visible");
      pointAt(session, "[0, 40, -200]");
      press(session, "trigger");
      session.until("v.xr.anchoring.handle !== ''");
      assertEquals(0.77, ((Number) session.ask("v.stage.root.position.y")).doubleValue(), 0.03);

      session.page.reload();
      session.page.waitForFunction("() => globalThis.nightjar && globalThis.nightjar.isLoaded");
      enter(session, "AR");
      session.until("v.xr.anchoring.isRestored");
      session.until("Math.abs(v.stage.root.position.y - 0.77) < 0.03");
    }
  }

  @Test
  void selectsWhatTheHeadRestsOnWhereNothingPoints() throws IOException {
    try (ViewerSession session = wear(VISION_PRO)) {
      enter(session, "VR");
      session.page.evaluate(
          "() => { const s = Math.sin(-0.16), c = Math.cos(-0.16); device.quaternion.set(s, 0, 0, c); }");
      session.until("v.xr.done.dwell > 0");
    }
  }
}
