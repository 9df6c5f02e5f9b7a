package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a Redis server: one on the PATH that is new enough, else the bundled one. */
final class RedisProgram {
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
  private static final int OLDEST = 602; // 6.2, the bundled one's
  private static final long VERSION_LIMIT_SECONDS = 10;

  private RedisProgram() {}

  static String find(BundledPrograms bundled) {
    return onPath()
        .filter(RedisProgram::isNewEnough)
        .map(Path::toString)
        .orElseGet(() -> bundled.redisServer().toString());
  }

  private static Optional<Path> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(Pattern.quote(File.pathSeparator))) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "redis-server"))) {
        return Optional.of(Path.of(folder, "redis-server"));
      }
    }
    return Optional.empty();
  }

  private static boolean isNewEnough(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readNBytes(1 << 12), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(said);
      return process.waitFor(VERSION_LIMIT_SECONDS, TimeUnit.SECONDS)
          && version.find()
          && Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2))
              >= OLDEST;
    } catch (IOException e) {
      return false; // not a program of this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("interrupted while looking for a Redis server", e);
    }
  }
}
