package dev.nightjar.site.viewer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.ColorScheme;
import dev.nightjar.site.Browser;
import dev.nightjar.site.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions in headsets that are emulated: the profiles that IWER has of Meta's, and others made by
 * hand of what is known of them. No real headset has run this.
 */
class HeadsetIT {
  /** The most that a frame of ours may allocate: less than the smallest object. */
  private static final double BYTES_PER_FRAME = 8;

  private static final int COMMITS = 90;

  @TempDir static Path folder;
  private static Browser chromium;
  private static Path viewer;
  private static Path runtime;

  @BeforeAll
  static void publish() throws Exception {
    runtime = EmulatedHeadset.script();
    chromium = Browser.start();
    viewer = ViewerSession.publish(folder.resolve("site"), UnaryOperator.identity(), COMMITS);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Headset wear(String profile) throws IOException {
    return Headset.wear(chromium, runtime, viewer, profile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quest 2", "Quest 3", "Quest Pro", "SteamVR"})
  void selectsCarriesAndGoesAboutWithControllers(String profile) throws IOException {
    try (Headset me = wear(profile).enter("VR")) {
      for (int commit : new int[] {2, 60, 87, 88}) {
        me.aim("h.commit(" + commit + ")").press("trigger");
        me.session.until("v.state.selection && v.state.selection.index === " + commit);
      }
      assertEquals(4, me.number("v.xr.done.select"));

      double x = me.number("v.stage.root.position.x");
      me.act("left.position.set(-0.2, 1.2, -0.4)").act("left.updateButtonValue('squeeze', 1)");
      me.act("left.position.x = -0.5");
      assertEquals(x - 0.3, me.number("v.stage.root.position.x"), 0.01);
      double scale = me.number("v.stage.root.scale.x");
      me.act("(right.position.set(0.1, 1.2, -0.4), right.quaternion.set(0, 0, 0, 1))")
          .act("right.updateButtonValue('squeeze', 1)")
          .act("right.position.x = 0.7");
      assertEquals(scale * 2, me.number("v.stage.root.scale.x"), scale * 0.03);
      me.act("left.updateButtonValue('squeeze', 0)").act("right.updateButtonValue('squeeze', 0)");
      me.act("right.position.x = 0.2");
      assertEquals(scale * 2, me.number("v.stage.root.scale.x"), scale * 0.03);

      me.act("v.xr.bring()").aim("[1.8, 0, 0.6]");
      assertTrue((Boolean) me.ask("v.xr.travel.mark.visible"));
      me.press("trigger");
      me.session.until("v.xr.done.teleport === 1");
      assertEquals(1.8, me.number("v.xr.headPlace.x"), 0.05);
      me.session.until("!v.xr.travel.vignette.visible");
      me.watchDarkness().act("right.updateAxes('thumbstick', 1, 0)");
      assertTrue(me.number("globalThis.darkest") > 0.5);
      assertEquals(-30, Math.toDegrees(me.number("v.xr.floor.rotation.y")), 0.1);
      me.act("right.updateAxes('thumbstick', 1, 0)").act("right.updateAxes('thumbstick', 0, 0)");
      assertEquals(1, me.number("v.xr.done.turn"), "once each time the stick is pushed");
      assertEquals(1.8, me.number("v.xr.headPlace.x"), 0.05);
      me.act("right.updateAxes('thumbstick', 0, -1)").act("right.updateAxes('thumbstick', 0, 0)");
      assertEquals(2, me.number("v.xr.done.teleport"));
      me.press("a-button");
      assertEquals(0, me.number("v.xr.panel.mesh.position.x - v.xr.head.x"), 0.05);
      assertEquals(List.of(), me.session.console);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quest 2", "Quest 3", "Quest Pro"})
  void choosesTimeSearchesAndSetsOnThePanel(String profile) throws IOException {
    try (Headset me = wear(profile).enter("VR")) {
      me.pressField("Moment");
      assertEquals(0.5, me.number("(v.state.now - v.state.from) / v.state.span"), 0.02);
      me.act("right.updateButtonValue('trigger', 1)").aim("h.field('More time')");
      assertTrue(me.number("(v.state.now - v.state.from) / v.state.span") > 0.8, "slid");
      me.act("right.updateButtonValue('trigger', 0)");
      me.act("v.state.moveTo(v.state.span)").pressField("Play");
      assertTrue((Boolean) me.ask("v.state.isPlaying"));
      me.act("(v.state.play(false), v.state.moveTo(v.state.span))");
      me.pressField("Files");
      assertFalse((Boolean) me.ask("v.state.layers.files"));

      me.pressField("Search").pressField("8").pressField("5");
      me.session.until("v.matches === 1 && v.state.filter.text === '85'");
      me.session.until("v.xr.panel.fields.some(each => each.name === 'Change number 85')");
      me.pressField("Change number 85");
      me.session.until("v.xr.panel.page === 'Details'");
      me.session.until("v.xr.panel.pages[1].title === 'Change number 85'");
      me.session.until("v.xr.panel.fields.some(each => each.name.endsWith('.java'))");
      me.pressField("Settings");
      for (int rate : new int[] {72, 90, 120}) {
        me.pressField(String.valueOf(rate));
        me.session.until("v.xr.session.frameRate === " + rate);
      }
      me.pressField("High");
      assertEquals(1.0, ((Number) me.session.page.evaluate("globalThis.foveation")).doubleValue());
      me.aim("h.field('Leave')").ask("void right.updateButtonValue('trigger', 1)");
      me.session.until("v.xr === null");

      me.enter("VR").act("right.updateButtonValue('trigger', 0)");
      assertEquals(120, me.number("v.xr.session.frameRate"), "the browser keeps the choice");
      me.pressField("Settings").pressField("45°").act("right.updateAxes('thumbstick', -1, 0)");
      assertEquals(45, Math.toDegrees(me.number("v.xr.floor.rotation.y")), 0.1);
      me.ask("void v.xr.session.end()");
      me.session.until(
          "v.xr === null && v.stage.root.scale.x === 1 && v.uniforms.uIsRound.value === 0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quest 2", "Quest 3", "Quest Pro"})
  void followsHandsThatSelectCarryAndZoom(String profile) throws IOException {
    try (Headset me = wear(profile)) {
      me.ask("void (d.primaryInputMode = 'hand')");
      me.enter("VR");
      me.session.until("v.xr.hands.jointsSeen === 50");
      me.ask("void d.gaze?.quaternion.set(1, 0, 0, 0)"); // eyes that look at nothing
      if (!"Quest Pro".equals(profile)) {
        me.aim("h.commit(60)").pinch();
        me.session.until("v.state.selection && v.state.selection.index === 60");
      }
      double x = me.number("v.stage.root.position.x");
      me.act("right.position.set(0.2, 1.2, -0.4)").act("right.updatePinchValue(1)");
      me.act("right.position.x = 0.4").act("right.position.x = 0.6");
      assertTrue(me.number("v.stage.root.position.x") > x + 0.15, "carried");
      double scale = me.number("v.stage.root.scale.x");
      me.act("left.position.set(-0.2, 1.2, -0.4)").act("left.updatePinchValue(1)");
      me.act("left.position.x = -0.6");
      assertTrue(me.number("v.stage.root.scale.x") > scale * 1.3, "zoomed");
      double selected = me.number("v.xr.done.select");
      me.act("left.updatePinchValue(0)").act("right.updatePinchValue(0)");
      assertEquals(selected, me.number("v.xr.done.select"), "what carried does not select");

      me.act("left.position.set(-0.2, 1.3, -0.35)");
      int shown = 0;
      for (int degrees = 0; degrees < 360; degrees += 45) {
        double half = Math.toRadians(degrees) / 2;
        me.act("left.quaternion.set(" + Math.sin(half) + ", 0, 0, " + Math.cos(half) + ")");
        shown += (Boolean) me.ask("v.xr.hands.isPalmUp_") ? 1 : 0;
      }
      assertTrue(shown >= 1 && shown <= 3, "the palm faces the head at " + shown + " of 8 turns");
      assertEquals(-0.2, me.number("v.xr.panel.mesh.position.x"), 0.15);
      assertEquals(List.of(), me.session.console);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quest 2", "Quest 3", "Quest Pro"})
  void standsOnATableOfTheRoomAndFindsItAgain(String profile) throws IOException {
    try (Headset me = wear(profile).enter("AR")) {
      me.act("h.look([0, 0.75, -1])");
      me.session.until("v.xr.anchoring.mark.visible");
      me.aim("[0, 4, -6]").press("trigger");
      me.session.until("v.xr.anchoring.handle !== ''");
      assertEquals(0.77, me.number("v.stage.root.position.y"), 0.02);
      assertFalse((Boolean) me.ask("v.ground.sky.visible"));

      // Carried elsewhere, it stays there and is found there.
      me.act("right.position.set(0.2, 1.2, -0.4)").act("right.updateButtonValue('squeeze', 1)");
      me.act("right.position.y = 1.5").act("right.updateButtonValue('squeeze', 0)").frames(6);
      assertEquals(1.07, me.number("v.stage.root.position.y"), 0.03);
      String handle = (String) me.ask("v.xr.anchoring.handle");

      me.session.page.reload();
      me.session.page.waitForFunction("() => globalThis.nightjar && globalThis.nightjar.isLoaded");
      me.enter("AR");
      me.session.until("v.xr.anchoring.isRestored");
      me.session.until("Math.abs(v.stage.root.position.y - 1.07) < 0.03");
      assertEquals(handle, me.ask("v.xr.anchoring.handle"));
      assertEquals(List.of(), me.session.console);
    }
  }

  @Test
  void drawsWithinTheLimitsOfAHeadset() throws IOException {
    try (Headset me = wear("Quest 3").enterAndDraw("VR")) {
      me.act("h.look([0, 1.1, -2])").frames(8);
      me.session.picture("headset");
      assertTrue(me.number("v.stage.most.calls") <= 60, () -> "draws " + me.ask("v.stage.most"));
      assertTrue(me.number("v.stage.most.triangles") <= 500_000);
      assertEquals(List.of(), me.session.console);
    }
  }

  @Test
  void isHiddenByWhatIsRealAndNearer() throws IOException {
    try (Headset me = wear("Quest 3").enterAndDraw("AR")) {
      me.act("(left.position.set(-0.3, 0.5, 0.6), right.position.set(0.3, 0.5, 0.6))");
      me.act("h.look([0, 0.8, -1])").frames(3);
      assertTrue((Boolean) me.ask("v.stage.renderer.xr.hasDepthSensing()"));
      assertTrue(drawnShare(me, 0.25) > 0.2, "nothing is in the way");
      me.act("d.sem.hasWall = true").frames(4);
      assertEquals(0, drawnShare(me, 0.0), "the wall hides the left half of the left eye");
      assertTrue(drawnShare(me, 0.25) > 0.2, "and nothing of its right half");
    }
  }

  /** How much is drawn of a quarter of the picture that begins at a part of its width. */
  private static double drawnShare(Headset me, double from) {
    return ((Number)
            me.session.page.evaluate(
                """
                from => new Promise(done => globalThis.nightjar.viewer.xr.session.requestAnimationFrame(() => {
                  const gl = globalThis.nightjar.viewer.stage.renderer.getContext();
                  const width = Math.floor(gl.drawingBufferWidth * 0.24), height = Math.floor(gl.drawingBufferHeight / 2);
                  const pixels = new Uint8Array(4 * width * height);
                  gl.readPixels(Math.floor(gl.drawingBufferWidth * from), Math.floor(height / 4), width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
                  let drawn = 0;
                  for (let i = 3; i < pixels.length; i += 4) drawn += pixels[i] > 8 ? 1 : 0;
                  done(drawn / width / height);
                }))
                """,
                from))
        .doubleValue();
  }

  @Test
  void selectsWhatTheEyesSeeWhenAHandPinches() throws IOException {
    try (Headset me = wear("Quest Pro")) {
      me.ask("void (d.primaryInputMode = 'hand')");
      me.enter("VR").aim("[3, 1, 0]");
      me.act("h.look(h.commit(60))").pinch();
      me.session.until("v.state.selection && v.state.selection.index === 60");
    }
  }

  @Test
  void selectsAndCarriesWithAPointerThatIsThereWhileOnePinches() throws IOException {
    try (Headset me = wear("Vision Pro")) {
      assertEquals("unsupported", me.button("AR").getAttribute("data-state"));
      assertTrue(me.button("AR").isHidden());
      me.enter("VR").act("right.connected = true");
      me.aim("h.commit(60)").press("trigger").act("right.connected = false");
      me.session.until("v.state.selection && v.state.selection.index === 60");
      assertEquals(0, me.number("v.xr.pointers.length"));

      double x = me.number("v.stage.root.position.x");
      me.act("right.connected = true")
          .aim("h.commit(20)")
          .act("right.updateButtonValue('trigger', 1)");
      me.act("right.position.x = 0.3").act("right.position.x = 0.5");
      me.act("right.updateButtonValue('trigger', 0)").act("right.connected = false");
      assertTrue(me.number("v.stage.root.position.x") > x + 0.15);
      assertEquals(60, me.number("v.state.selection.index"), "what carried does not select");
      assertTrue((Boolean) me.ask("v.xr.hasPointed && !v.xr.rest.ring.visible"));
      assertEquals(List.of(), me.session.console);
    }
  }

  @Test
  void selectsWhatTheHeadRestsOnWhereNothingPoints() throws IOException {
    try (Headset me = wear("Viewer without controllers").enter("VR")) {
      me.act("h.look(h.commit(60))");
      me.session.until("v.xr.rest.ring.visible");
      me.session.until("v.state.selection && v.state.selection.index === 60");
      me.session.until("v.xr.panel.fields.some(each => each.name === 'Search')");
      me.act("h.look(h.field('Search'))");
      me.session.until("v.xr.panel.page === 'Search'");
      assertEquals(List.of(), me.session.console);
    }
  }

  /** From a place beside the river a ray runs along it, over commits of every depth. */
  @Test
  void findsEachCommitFromAnyPlace() throws IOException {
    try (Headset me = wear("Quest 3")) {
      @SuppressWarnings("unchecked")
      List<Object> missed =
          (List<Object>)
              me.session.page.evaluate(
                  """
                  async () => {
                    const v = globalThis.nightjar.viewer;
                    const missed = [];
                    for (const from of [[1.6, 3.3, 17], [-14, 1, -6], [10, 12, -6], [0, 20, -6.2], [13, 0.4, -6.6]]) {
                      for (let index = 0; index < v.manifest.commits; index += 3) {
                        const way = v.placeOf({kind: 'commit', index}).map((x, i) => x - from[i]);
                        const far = Math.hypot(...way);
                        const hit = await v.pick([...from, ...way.map(x => x / far)], 0.03);
                        if (!hit || hit.kind !== 'commit') missed.push(`${index} from ${from}`);
                      }
                    }
                    return missed;
                  }
                  """);
      assertEquals(List.of(), missed);
    }
  }

  @Test
  void saysWhichStateItsButtonIsIn() throws IOException {
    try (ViewerSession plain =
        ViewerSession.start(chromium, 1000, 400, ColorScheme.DARK)
            .open(viewer.toUri().toString())) {
      var button = plain.page.locator("button.enter:visible");
      assertEquals("No VR", button.textContent());
      assertEquals("true", button.getAttribute("aria-disabled"));
      button.dispatchEvent("click");
      assertTrue(plain.page.locator(".status").textContent().contains("no headset"));
    }
    try (LocalServer server = new LocalServer(viewer.getParent().getParent());
        ViewerSession insecure =
            ViewerSession.start(chromium, 1000, 400, ColorScheme.DARK)
                .open(server.address("viewer/").replace("localhost", Browser.INSECURE_HOST))) {
      assertEquals("VR needs HTTPS", insecure.page.locator("button.enter:visible").textContent());
    }
    try (Headset me = wear("Quest 3")) {
      assertEquals("ready", me.button("VR").getAttribute("data-state"));
      me.ask(
          "void (globalThis.ask = navigator.xr.requestSession, navigator.xr.requestSession = () =>"
              + " Promise.reject(new DOMException('no', 'NotAllowedError')))");
      me.button("VR").click();
      me.session.page.waitForCondition(
          () -> "VR not allowed".equals(me.button("VR").textContent()));
      me.ask("void (navigator.xr.requestSession = globalThis.ask)");
      me.enter("VR");
      assertEquals("inside", me.button("VR").getAttribute("data-state"));
      me.ask("void v.xr.session.end()");
      me.session.until("v.xr === null");
      assertEquals("VR", me.button("VR").textContent());
    }
  }

  /** Poses are objects of the browser; what is ours in a frame is to make none. */
  @Test
  void allocatesNothingInItsFrames() throws IOException {
    try (Headset me = wear("Quest 3").enter("VR")) {
      me.act("right.position.set(0.2, 1.2, -0.4)").act("right.updateButtonValue('squeeze', 1)");
      // Nothing is drawn anew any more: the panel has its rows.
      me.session.until(
          "v.xr.panel.fields.some(each => each.name.startsWith('Change')) && !v.xr.panel.isDirty_");
      me.frames(40);
      steps(me, 6000);
      CDPSession inspector = me.session.page.context().newCDPSession(me.session.page);
      JsonObject sampling = new JsonObject();
      sampling.addProperty("samplingInterval", 64);
      sampling.addProperty("includeObjectsCollectedByMajorGC", true);
      sampling.addProperty("includeObjectsCollectedByMinorGC", true);
      inspector.send("HeapProfiler.startSampling", sampling);
      int frames = 2000;
      steps(me, frames);
      JsonObject profile = inspector.send("HeapProfiler.stopSampling").getAsJsonObject("profile");
      int begin = lineOf("nightjar.anchor");
      List<String> ours = new ArrayList<>();
      double bytes = allocated(profile.getAsJsonObject("head"), begin, ours);
      System.out.println("headset: " + bytes / frames + " bytes a frame in our code " + ours);
      assertTrue(bytes / frames < BYTES_PER_FRAME, bytes / frames + " bytes a frame: " + ours);
    }
  }

  private static void steps(Headset me, int count) {
    me.session.page.evaluate(
        """
        count => new Promise(done => {
          const xr = globalThis.nightjar.viewer.xr;
          xr.session.requestAnimationFrame((time, frame) => {
            for (let i = 0; i < count; i++) xr.step(frame, 1 / 72);
            done();
          });
        })
        """,
        count);
  }

  private static int lineOf(String text) throws IOException {
    List<String> lines = Files.readAllLines(viewer.resolveSibling("viewer.js"));
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).contains(text)) {
        return line;
      }
    }
    throw new AssertionError("viewer.js has no " + text);
  }

  /** Bytes that functions from a line of viewer.js on allocated. */
  private static double allocated(JsonObject node, int begin, List<String> names) {
    JsonObject frame = node.getAsJsonObject("callFrame");
    double bytes = 0;
    if (frame.get("url").getAsString().endsWith("/viewer.js")
        && frame.get("lineNumber").getAsInt() >= begin) {
      bytes = node.get("selfSize").getAsDouble();
      if (bytes > 0) {
        names.add(
            frame.get("functionName").getAsString() + ":" + frame.get("lineNumber") + " " + bytes);
      }
    }
    for (JsonElement child : node.getAsJsonArray("children")) {
      bytes += allocated(child.getAsJsonObject(), begin, names);
    }
    return bytes;
  }

  @Test
  void tellsTheSameOfDevicesAsTheReadme() throws IOException {
    try (ViewerSession session = ViewerSession.start(chromium, 800, 600, ColorScheme.DARK)) {
      session.page.navigate(viewer.toUri() + "?diagnose");
      session.page.locator("table.devices").waitFor();
      @SuppressWarnings("unchecked")
      List<List<String>> shown =
          (List<List<String>>)
              session.page.evaluate(
                  "() => [...document.querySelectorAll('table.devices tr')].map(row => [...row.cells].map(cell => cell.textContent))");
      List<List<String>> written =
          Files.readAllLines(Path.of("..", "README.md")).stream()
              .dropWhile(line -> !line.startsWith("| Feature |"))
              .takeWhile(line -> line.startsWith("|"))
              .filter(line -> !line.startsWith("|---"))
              .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
              .toList();
      assertAll(() -> assertEquals(written, shown), () -> assertTrue(shown.size() > 8));
    }
  }
}
