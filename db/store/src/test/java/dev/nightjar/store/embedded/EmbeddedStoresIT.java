package dev.nightjar.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of their own, as these tests kill them. */
class EmbeddedStoresIT {
  private static final Path FOLDER = Path.of("target", "killed-stores").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WITH_ACCOUNT = "65534";
  private static final String WITHOUT_ACCOUNT = "64917";

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(FOLDER);
  }

  @AfterEach
  void stop() {
    stores(Duration.ofMinutes(10)).stop(true);
    await(() -> !stores(Duration.ofMinutes(10)).status().hasWatcher());
  }

  @Test
  void closingOneUseLeavesTheOtherUseOfTheSameProcessItsLease() throws Exception {
    try (StoreUserProcess user = StoreUserProcess.start(FOLDER)) {
      long server = user.open();
      user.open();
      assertEquals(server, user.closeLast());
      Failure refusal =
          assertThrows(Failure.Unavailable.class, () -> stores(Duration.ofMinutes(10)).stop(false));
      assertTrue(refusal.getMessage().contains("--force"), refusal.getMessage());
    }
  }

  @Test
  void theWatcherLeavesStoresThatAreInUseAndStopsThemAfterwards() throws Exception {
    Duration idleTime = Duration.ofSeconds(1);
    Path lastUse = FOLDER.resolve("data/nightjar/stores.last-use");
    try (Stores held = Stores.open(settings(idleTime))) {
      Stores.open(settings(idleTime)).close();
      var opened = Files.getLastModifiedTime(lastUse);
      long enough = opened.toMillis() + 3 * idleTime.toMillis();
      await(() -> lastUseMillis(lastUse) > enough);
      assertEquals(1, one(held));
    }
    await(() -> stores(idleTime).status().postgres().isEmpty());
    await(() -> !stores(idleTime).status().hasWatcher());
    assertTrue(stores(idleTime).status().redis().isEmpty());
  }

  @Test
  void theServerOutlivesTheProcessThatStartedItBeingKilled() throws Exception {
    StoreUserProcess user = StoreUserProcess.start(FOLDER);
    long server = user.open();
    user.kill();
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      assertEquals(server, pid());
      assertEquals(1, one(stores));
    }
  }

  @Test
  void aKilledServerComesBackWithWhatWasCommitted() throws Exception {
    long killed;
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      keep(stores, "kept before the kill");
      killed = pid();
      kill(ProcessHandle.of(killed).orElseThrow());
    }
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      assertNotEquals(killed, pid());
      assertEquals("kept before the kill", kept(stores));
    }
  }

  @Test
  void aKilledWatcherIsReplacedByTheNextUse() throws Exception {
    try (Stores _ = Stores.open(settings(Duration.ofMinutes(10)))) {
      await(() -> watcher().isPresent());
      kill(watcher().orElseThrow());
      await(() -> !stores(Duration.ofMinutes(10)).status().hasWatcher());
      try (Stores _ = Stores.open(settings(Duration.ofMinutes(10)))) {
        await(() -> stores(Duration.ofMinutes(10)).status().hasWatcher());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {WITH_ACCOUNT, WITHOUT_ACCOUNT})
  void anOrdinaryUserHasStoresOfItsOwn(String id) throws Exception {
    assumeTrue(isRoot(), "skipped: not root, so the other tests here show the ordinary user");
    try (OtherUser other = new OtherUser(Integer.parseInt(id))) {
      List<String> words = List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups");
      try (StoreUserProcess user = other.start(words)) {
        assertEquals(Integer.parseInt(id), owner(user.open()));
      }
    }
  }

  @Test
  void rootWithoutNamespacesHasStoresThatNobodyRuns() throws Exception {
    assumeTrue(isRoot(), "skipped: not root");
    try (OtherUser other = new OtherUser(0)) {
      Path programs = Files.createDirectory(other.home().resolve("programs"));
      Files.createSymbolicLink(programs.resolve("setpriv"), Path.of("/usr/bin/setpriv"));
      Files.createSymbolicLink(programs.resolve("true"), Path.of("/usr/bin/true"));
      try (StoreUserProcess user = other.start(List.of("/usr/bin/env", "PATH=" + programs))) {
        assertEquals(ServerUser.NOBODY_ID, owner(user.open()));
      }
    }
  }

  private static long lastUseMillis(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static java.util.Optional<ProcessHandle> watcher() {
    String folder = settings(Duration.ofMinutes(10)).dataFolder().toString();
    return ProcessHandle.current()
        .descendants()
        .filter(process -> isWatcherOf(process, folder))
        .findFirst();
  }

  private static boolean isWatcherOf(ProcessHandle process, String folder) {
    String command = process.info().commandLine().orElse("");
    return command.contains(IdleWatcher.class.getName()) && command.contains(folder);
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static int owner(long process) throws IOException {
    return (int) Files.getAttribute(Path.of("/proc", Long.toString(process)), "unix:uid");
  }

  private static void kill(ProcessHandle process) {
    assertTrue(process.destroyForcibly());
    process.onExit().join();
  }

  private static long pid() {
    return stores(Duration.ofMinutes(10)).status().postgres().orElseThrow().pid();
  }

  private static int one(Stores stores) {
    return Integer.parseInt(ask(stores, "select 1"));
  }

  private static void keep(Stores stores, String text) {
    stores
        .database()
        .inTransaction(
            "keeping",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists nightjar.kept (text text)");
                statement.execute("truncate nightjar.kept");
                statement.execute("insert into nightjar.kept values ('" + text + "')");
              }
              return text;
            });
  }

  private static String kept(Stores stores) {
    return ask(stores, "select text from nightjar.kept");
  }

  private static String ask(Stores stores, String sql) {
    return stores
        .database()
        .read(
            "asking",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
              }
            });
  }

  private static EmbeddedStores stores(Duration idleTime) {
    return Stores.embedded(settings(idleTime));
  }

  private static StoreSettings settings(Duration idleTime) {
    return new StoreSettings(
        StoreSettings.EMBEDDED,
        StoreSettings.EMBEDDED,
        FOLDER.resolve("data/nightjar"),
        FOLDER.resolve("cache/nightjar"),
        idleTime);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "did not happen in time");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
