package dev.nightjar.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import dev.nightjar.store.embedded.folder.ServerUser;
import dev.nightjar.store.live.LiveStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private static final List<String> LOGS =
      List.of("postgresql-18/server.log", "postgresql-18/start.log", "redis/redis.log");
  private static final String AT_WORK =
      "select count(*) from pg_stat_activity where query like '%generate_series(1, 1e10)'"
          + " and pid <> pg_backend_pid() and state = 'active'";

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
  void aServerThatCrashesUnderOneWhoWaitsIsStartedAgainAndOneThatWasStoppedIsNot()
      throws Exception {
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      keep(stores, "kept before the crash");
      Database waiting = stores.database().patient(Duration.ofMinutes(1));
      long killed = pid();
      kill(ProcessHandle.of(killed).orElseThrow());
      assertEquals("kept before the crash", kept(waiting));
      assertNotEquals(killed, pid());
      stores(Duration.ofMinutes(10)).stop(true);
      assertThrows(
          Failure.Unavailable.class, () -> kept(stores.database().patient(Duration.ofSeconds(1))));
      assertTrue(stores(Duration.ofMinutes(10)).status().postgres().isEmpty());
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
      // As in a container: without the capability to look into processes of other users.
      List<String> words =
          List.of(
              "/usr/bin/setpriv",
              "--bounding-set=-sys_ptrace",
              "--inh-caps=-sys_ptrace",
              "/usr/bin/env",
              "PATH=" + programs);
      try (StoreUserProcess user = other.start(words)) {
        long server = user.open();
        assertEquals(ServerUser.NOBODY_ID, owner(server));
        assertEquals(server, user.open());
      }
    }
  }

  /** A kill or a full disk between the making of the file and its first line. */
  @Test
  void aTornFileOfAServerThatIsGoneIsNoObstacle() throws Exception {
    Path home = FOLDER.resolve("data/nightjar").resolve(EmbeddedPostgres.FOLDER);
    for (String text : List.of("", "not", "999999\n/nowhere\n")) {
      try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
        assertEquals(1, one(stores));
      }
      stores(Duration.ofMinutes(10)).stop(true);
      Files.writeString(home.resolve("data/postmaster.pid"), text);
    }
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      assertEquals(1, one(stores));
    }
  }

  /** A backend that is at work does not notice for long that its server was killed. */
  @Test
  void whatAKilledServerLeftAtWorkIsEnded() throws Exception {
    long killed;
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      killed = pid();
      CompletableFuture<String> ended = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> workLong(stores, ended));
      await(() -> Integer.parseInt(ask(stores, AT_WORK)) > 0);
      kill(ProcessHandle.of(killed).orElseThrow());
      try (Stores next = Stores.open(settings(Duration.ofMinutes(10)))) {
        assertNotEquals(killed, pid());
        assertEquals("0", ask(next, AT_WORK));
      }
      assertTrue(ended.get(1, TimeUnit.MINUTES).contains("try again"), ended::toString);
    }
  }

  private static void workLong(Stores stores, CompletableFuture<String> ended) {
    try {
      ended.complete("it counted " + ask(stores, "select count(*) from generate_series(1, 1e10)"));
    } catch (Failure e) {
      ended.complete(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "./home", "?"})
  void aHomeThatDependsOnTheFolderOfTheCallIsRefused(String home) {
    StoreSettings nowhere = StoreSettings.fromEnvironment(Map.of("HOME", home));
    Failure refusal = assertThrows(Failure.Misuse.class, () -> Stores.open(nowhere));
    assertTrue(refusal.getMessage().contains("HOME"), refusal.getMessage());
  }

  @Test
  void aHomeWithBlanksAndApostrophesIsAsGoodAsAnother() throws Exception {
    requireStoresIn(FOLDER.resolve("Ada's stores (1)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a \"home\"", "a $HOME", "a `home`"})
  void aHomeThatAShellWouldReadIsRefusedInASentence(String name) {
    Failure refusal =
        assertThrows(
            Failure.Unavailable.class, () -> requireStoresIn(FOLDER.resolve("odd").resolve(name)));
    assertTrue(refusal.getMessage().contains("XDG_CACHE_HOME"), refusal.getMessage());
  }

  @Test
  void rootLeavesTheStoresOfAnotherUserAlone() throws Exception {
    assumeTrue(isRoot(), "skipped: not root");
    Path home = Files.createTempDirectory("nightjar-home");
    try {
      Files.setAttribute(home, "unix:uid", ServerUser.NOBODY_ID);
      StoreSettings theirs = StoreSettings.fromEnvironment(Map.of("HOME", home.toString()));
      Failure refusal = assertThrows(Failure.Unavailable.class, () -> Stores.open(theirs));
      assertTrue(refusal.getMessage().contains("nobody"), refusal.getMessage());
      assertEquals(List.of(), namesIn(home));
      Files.createDirectories(theirs.dataFolder());
      Files.setAttribute(theirs.dataFolder(), "unix:uid", Integer.parseInt(WITHOUT_ACCOUNT));
      assertThrows(Failure.Unavailable.class, () -> Stores.open(theirs));
      assertThrows(Failure.Unavailable.class, () -> Stores.embedded(theirs).stop(true));
      assertEquals(List.of(), namesIn(theirs.dataFolder()));
    } finally {
      FolderTree.delete(home);
    }
  }

  @Test
  void nothingTheServersWriteIsOpenToOthers() throws Exception {
    Path data = settings(Duration.ofMinutes(10)).dataFolder();
    PrivateFolder.create(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String log : LOGS) {
      Files.deleteIfExists(data.resolve(log));
    }
    try (Stores stores = Stores.open(settings(Duration.ofMinutes(10)))) {
      assertTrue(stores.redis().isPresent());
      assertEquals("rwx------", mode(data));
      for (String log : LOGS) {
        assertEquals("rw-------", mode(data.resolve(log)), log);
      }
    }
  }

  /** The moment when the watcher stops the servers is the one when the next command comes. */
  @Test
  void aCommandThatComesAsTheIdleServersStopWorks() {
    int races = Integer.getInteger("nightjar.idleRaces", 5);
    Duration idleTime = Duration.ofSeconds(1);
    long seed = Long.getLong("nightjar.seed", System.nanoTime());
    Random random = new Random(seed);
    int restarts = 0;
    long before = 0;
    for (int i = 0; i < races; i++) {
      try (Stores stores = Stores.open(settings(idleTime))) {
        assertEquals(1, one(stores), "seed " + seed + ", race " + i);
        restarts += before == pid() ? 0 : 1;
        before = pid();
      }
      // The one place where time itself is what is tested.
      LockSupport.parkNanos(Duration.ofMillis(900 + random.nextInt(700)).toNanos());
    }
    System.out.println(
        "EmbeddedStoresIT: seed "
            + seed
            + ", "
            + restarts
            + " of "
            + races
            + " found them stopped");
  }

  private static void requireStoresIn(Path home) throws IOException {
    StoreSettings settings = StoreSettings.fromEnvironment(Map.of("HOME", home.toString()));
    try (Stores stores = Stores.open(settings)) {
      assertEquals(1, one(stores));
      LiveStream redis = stores.redis().orElseThrow();
      redis.cache("where", home.toString(), Duration.ofMinutes(1));
      assertEquals(Optional.of(home.toString()), redis.cached("where"));
    } finally {
      Stores.embedded(settings).stop(true);
      await(() -> !Stores.embedded(settings).status().hasWatcher());
      FolderTree.delete(home);
    }
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
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
    return kept(stores.database());
  }

  private static String kept(Database database) {
    return ask(database, "select text from nightjar.kept");
  }

  private static String ask(Stores stores, String sql) {
    return ask(stores.database(), sql);
  }

  private static String ask(Database database, String sql) {
    return database.read(
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
