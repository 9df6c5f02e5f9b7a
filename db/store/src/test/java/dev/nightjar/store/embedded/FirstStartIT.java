package dev.nightjar.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first start of the stores of a user, killed at each point it passes, and raced by many: the
 * next command has whole stores, one server of each kind, and nothing left behind.
 *
 * <p>{@code -Dnightjar.kills=N} adds N kills at random moments, {@code -Dnightjar.seed=S} repeats a
 * failed choice of them, {@code -Dnightjar.racers=N} sets how many processes race (6 by default, to
 * stay quick).
 */
class FirstStartIT {
  private static final Path CACHE = Path.of("target", "killed-stores", "cache").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String UNPACKING = "the programs are being unpacked";
  private static final int KILLS = Integer.getInteger("nightjar.kills", 0);

  @TempDir Path folder;

  /** What can be seen from outside as a first start goes on. */
  record Point(String name, Victims victims, Predicate<Path> isReached) {
    @Override
    public String toString() {
      return name + ", killed " + victims;
    }
  }

  static Stream<Point> points() {
    Victims alone = Victims.IT_ALONE;
    Victims all = Victims.ALL;
    return Stream.of(
        new Point(UNPACKING, alone, at -> has(at.resolve("cache/nightjar"), ".unpacking-")),
        new Point("initdb has begun", all, at -> has(postgres(at), "data.new")),
        new Point("initdb writes", alone, FirstStartIT::isWritten),
        new Point("the database has its name", all, at -> isThere(postgres(at), "data")),
        new Point("it is being launched", alone, at -> isThere(postgres(at), "start.log")),
        new Point("it has begun", all, at -> isThere(postgres(at), "data/postmaster.pid")),
        new Point("it takes connections", alone, FirstStartIT::isReady),
        new Point("its port is kept", all, at -> secrets(at).contains("port=")),
        new Point("its owner has a password", alone, at -> secrets(at).contains("nightjar.pass")),
        new Point("it is prepared", all, at -> secrets(at).contains("prepared=")),
        new Point("Redis is configured", alone, at -> isThere(redis(at), "redis.conf")),
        new Point("Redis has begun", all, at -> isThere(redis(at), "redis.pid")));
  }

  private static boolean isWritten(Path home) {
    return named(postgres(home), "data.new").stream()
        .anyMatch(half -> Files.exists(half.resolve("PG_VERSION")));
  }

  private static boolean isReady(Path home) {
    return text(postgres(home).resolve("data/postmaster.pid")).contains("ready");
  }

  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name));
  }

  /** Who is killed with the process that starts the stores. */
  enum Victims {
    /** Nobody: what it has started goes on without it. */
    IT_ALONE,
    /** All that works in the folder, as at the end of a container or when the power fails. */
    ALL
  }

  /** What a failed test left running. */
  @AfterEach
  void endAll() {
    killAll(folder);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void theNextCommandFinishesWhatAKilledOneBegan(Point point) throws Exception {
    Path cache = point.name.equals(UNPACKING) ? folder.resolve("cache") : CACHE;
    StoreUserProcess first = StoreUserProcess.start(folder, cache);
    first.beginToOpen();
    await(() -> point.isReached.test(folder) || !first.isAlive());
    assertTrue(first.isAlive(), () -> "it ended by itself: " + first.errors());
    kill(first, point.victims, folder);
    requireWholeStores(folder, cache, point.toString());
  }

  @Test
  void andWhateverTheMoment() throws Exception {
    long seed = Long.getLong("nightjar.seed", System.nanoTime());
    System.out.println("FirstStartIT: seed " + seed + ", " + KILLS + " kills at random moments");
    Random random = new Random(seed);
    long startMillis = KILLS == 0 ? 0 : undisturbedMillis();
    for (int kill = 0; kill < KILLS; kill++) {
      Path home = Files.createDirectories(folder.resolve("kill" + kill));
      Victims victims = Victims.values()[random.nextInt(Victims.values().length)];
      long afterMillis = (long) (random.nextDouble() * startMillis);
      StoreUserProcess first = StoreUserProcess.start(home, CACHE);
      first.beginToOpen();
      LockSupport.parkNanos(Duration.ofMillis(afterMillis).toNanos());
      kill(first, victims, home);
      String at = "seed " + seed + ", kill " + kill + ": " + victims + " +" + afterMillis + " ms";
      requireWholeStores(home, CACHE, at);
    }
  }

  @Test
  void manyThatStartAtOnceShareOneServer() throws Exception {
    int racers = Integer.getInteger("nightjar.racers", 6);
    List<StoreUserProcess> users = new ArrayList<>();
    for (int i = 0; i < racers; i++) {
      users.add(StoreUserProcess.start(folder, CACHE));
    }
    for (StoreUserProcess user : users) {
      user.beginToOpen();
    }
    Set<Long> servers = new TreeSet<>();
    for (StoreUserProcess user : users) {
      servers.add(user.opened());
    }
    assertEquals(1, servers.size(), "servers " + servers);
    requireOneOfEachServer(folder, "raced by " + racers);
    for (StoreUserProcess user : users) {
      user.close();
    }
    requireWholeStores(folder, CACHE, "after the race");
  }

  private long undisturbedMillis() throws IOException {
    long begin = System.nanoTime();
    Path home = Files.createDirectories(folder.resolve("undisturbed"));
    try (StoreUserProcess user = StoreUserProcess.start(home, CACHE)) {
      user.open();
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      user.stop();
      return millis;
    }
  }

  private static void kill(StoreUserProcess user, Victims victims, Path home)
      throws InterruptedException {
    user.kill();
    if (victims == Victims.ALL) {
      killAll(home);
    }
  }

  private static void killAll(Path home) {
    for (List<ProcessHandle> left = processes(home); !left.isEmpty(); left = processes(home)) {
      left.forEach(ProcessHandle::destroyForcibly);
      left.forEach(process -> process.onExit().join());
    }
  }

  private static void requireWholeStores(Path home, Path cache, String at) throws IOException {
    try (StoreUserProcess next = StoreUserProcess.start(home, cache)) {
      try {
        next.open();
        requireOneOfEachServer(home, at);
        next.closeLast();
      } catch (IOException e) {
        throw new AssertionError(at + ": " + e.getMessage(), e);
      }
      next.stop();
    }
    await(() -> processes(home).isEmpty());
    assertEquals(List.of(), named(postgres(home), "data.new"), at);
  }

  private static void requireOneOfEachServer(Path home, String at) {
    assertEquals(1, count(home, "(.*/)?postgres"), at + ": PostgreSQL");
    assertEquals(1, count(home, "(.*/)?redis-server .*"), at + ": Redis");
  }

  /** A child of a server is called like it until it has given itself a name. */
  private static long count(Path home, String name) {
    List<ProcessHandle> named =
        processes(home).stream().filter(process -> firstWord(process).matches(name)).toList();
    return named.stream()
        .filter(process -> process.parent().filter(named::contains).isEmpty())
        .count();
  }

  private static String firstWord(ProcessHandle process) {
    return text(Path.of("/proc", Long.toString(process.pid()), "cmdline")).split("\0", 2)[0];
  }

  /** All that work below the folder. */
  private static List<ProcessHandle> processes(Path home) {
    return ProcessHandle.allProcesses().filter(process -> worksBelow(process, home)).toList();
  }

  private static boolean worksBelow(ProcessHandle process, Path home) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(home);
    } catch (IOException e) {
      return false; // ended meanwhile, or none of ours
    }
  }

  private static Path postgres(Path home) {
    return home.resolve("data/nightjar").resolve(EmbeddedPostgres.FOLDER);
  }

  private static Path redis(Path home) {
    return home.resolve("data/nightjar/redis");
  }

  private static String secrets(Path home) {
    return text(postgres(home).resolve("access.properties"));
  }

  private static boolean has(Path folder, String prefix) {
    return !named(folder, prefix).isEmpty();
  }

  private static List<Path> named(Path folder, String prefix) {
    return children(folder).stream()
        .filter(file -> file.getFileName().toString().startsWith(prefix))
        .toList();
  }

  private static List<Path> children(Path folder) {
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // not there yet, or no longer
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "did not happen in time");
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
