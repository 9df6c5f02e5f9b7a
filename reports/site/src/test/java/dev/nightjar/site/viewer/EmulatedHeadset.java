package dev.nightjar.site.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * IWER, a WebXR runtime made of script (MIT), as the npm program of this machine brings it. It is
 * for tests alone; where there is no npm or no way to its registry the tests are skipped, saying
 * so.
 */
final class EmulatedHeadset {
  private static final String PACKAGE = "iwer";
  private static final String VERSION = "2.5.0";
  private static final String SHA_512 =
      "82babb88cc96a38b360d89c04ca2cf3e8001ca170dbb02e33071ce20bac553da"
          + "bc1061c81331f252eab59b3fbd5eacbafb1ad83e7dc7a3c67d7b2999084f83eb";
  private static final int PATIENCE_SECONDS = 60;

  private EmulatedHeadset() {}

  /** The runtime's script. */
  static Path script() throws IOException, InterruptedException, NoSuchAlgorithmException {
    Path folder = Files.createDirectories(Path.of("target", PACKAGE)).toAbsolutePath();
    Path script = folder.resolve("package/build/iwer.min.js");
    if (Files.exists(script)) {
      return script;
    }
    Path archive = folder.resolve(PACKAGE + "-" + VERSION + ".tgz");
    if (!run(folder, List.of("npm", "pack", "--silent", PACKAGE + "@" + VERSION))
        || !Files.exists(archive)) {
      String reason =
          "npm does not bring " + PACKAGE + " " + VERSION + ": headsets are not emulated";
      System.out.println("SKIPPED: " + reason);
      return abort(reason);
    }
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
    assertEquals(SHA_512, HexFormat.of().formatHex(digest), "another archive than was tested with");
    run(folder, List.of("tar", "xzf", archive.toString()));
    return script;
  }

  private static boolean run(Path folder, List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!hasEnded) {
        process.destroyForcibly();
      }
      return hasEnded && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
