package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.folder.FileLease;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The small process that stops the embedded stores when nobody has used them for the idle time.
 *
 * <p>One lives per data folder, held by a lock; whoever uses the stores starts it when it is
 * missing, so killing it costs nothing. It asks the kernel, not a list of its own, who uses the
 * stores: the lease is held by every user and freed by the kernel when one is killed.
 */
public final class IdleWatcher {
  private static final int CHECKS_PER_IDLE_TIME = 10;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private static final int LOCK_ATTEMPTS = 10;
  private static final long LOCK_PAUSE_MILLIS = 50;

  private final EmbeddedStores stores;
  private final Duration idleTime;
  private final FileLease onlyOne;
  private boolean hasRehearsed;

  private IdleWatcher(EmbeddedStores stores, Duration idleTime, FileLease onlyOne) {
    this.stores = stores;
    this.idleTime = idleTime;
    this.onlyOne = onlyOne;
  }

  /** Arguments: data folder, cache folder, idle time in milliseconds. */
  public static void main(String[] arguments) throws InterruptedException {
    // Digits and letters of a person's language would reach files and databases.
    Locale.setDefault(Locale.ROOT);
    Path dataFolder = Path.of(arguments[0]);
    Duration idleTime = Duration.ofMillis(Long.parseLong(arguments[2]));
    EmbeddedStores stores = new EmbeddedStores(dataFolder, Path.of(arguments[1]), idleTime);
    Optional<FileLease> onlyOne = becomeTheOnlyOne(dataFolder);
    if (onlyOne.isPresent()) {
      new IdleWatcher(stores, idleTime, onlyOne.get()).watch();
    }
  }

  /** Tries more than once, as whoever looks for a watcher holds its lock for a moment. */
  private static Optional<FileLease> becomeTheOnlyOne(Path dataFolder) throws InterruptedException {
    for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
      Optional<FileLease> lock = FileLease.tryExclusive(lockFile(dataFolder));
      if (lock.isPresent()) {
        return lock;
      }
      Thread.sleep(LOCK_PAUSE_MILLIS);
    }
    return Optional.empty();
  }

  /** Starts a watcher unless there is one. */
  static void ensureRunning(Path dataFolder, Path cacheFolder, Duration idleTime) {
    if (isRunning(dataFolder)) {
      return;
    }
    Path log = dataFolder.resolve("watcher.log");
    try {
      PrivateFolder.createFile(log);
      new ProcessBuilder(command(dataFolder, cacheFolder, idleTime))
          .directory(dataFolder.toFile())
          .redirectInput(Path.of(Platform.current().isWindows() ? "NUL" : "/dev/null").toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "the watcher of the embedded stores cannot be started: " + e.getMessage(), e);
    }
  }

  static boolean isRunning(Path dataFolder) {
    return FileLease.isHeldAlone(lockFile(dataFolder));
  }

  private static List<String> command(Path dataFolder, Path cacheFolder, Duration idleTime) {
    List<String> words = new ArrayList<>(detached());
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add(IdleWatcher.class.getName());
    words.add(dataFolder.toAbsolutePath().toString());
    words.add(cacheFolder.toAbsolutePath().toString());
    words.add(Long.toString(idleTime.toMillis()));
    return words;
  }

  /** So that neither Ctrl-C nor a closed terminal nor the end of a CI job's session reaches it. */
  private static List<String> detached() {
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      return List.of("/usr/bin/setsid");
    }
    return Platform.current().isWindows()
        ? List.of()
        : List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "watcher");
  }

  private static Path lockFile(Path dataFolder) {
    return dataFolder.resolve("watcher.lock");
  }

  private void watch() throws InterruptedException {
    long pauseMillis =
        Math.clamp(idleTime.toMillis() / CHECKS_PER_IDLE_TIME, 50, LONGEST_PAUSE_MILLIS);
    boolean isOver = false;
    while (!isOver) {
      Thread.sleep(pauseMillis);
      rehearse();
      isOver = Files.notExists(stores.leaseFile()) || stopIfIdle();
    }
  }

  /**
   * Counts clients once as soon as there are any, so that the classes for it are loaded while the
   * class path is still the one this process was started with: a rebuild may replace it.
   */
  private void rehearse() {
    if (!hasRehearsed && stores.isAnyRunning()) {
      stores.clients();
      hasRehearsed = true;
    }
  }

  /** Whether there is nothing left to watch. */
  private boolean stopIfIdle() {
    Optional<FileLease> unused = FileLease.tryExclusive(stores.leaseFile());
    if (unused.isEmpty()) {
      stores.markUsed(); // a user that is killed cannot say when it was there last
      return false;
    }
    // Holding it keeps whoever comes now waiting until the servers have stopped whole.
    try (FileLease _ = unused.get()) {
      if (stores.isAnyRunning()) {
        if (stores.idleMillis() < idleTime.toMillis() || stores.clients() > 0) {
          return false;
        }
        stores.stopServers();
      }
      onlyOne.close(); // before the lease, so that whoever comes next starts another watcher
      return true;
    }
  }
}
