package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code nightjar ingest --watch}: what is committed comes in by itself, until a signal ends it.
 */
class WatchIT {
  /** What a process that SIGINT or SIGTERM ended says, as shells expect it. */
  private static final int INTERRUPTED = 128 + 2;

  private static final long SIGINT_BIT = 1L << 1;
  private static final int TERMINATED = 128 + 15;
  private static final long LIMIT_NANOS = Duration.ofMinutes(2).toNanos();

  @TempDir Path folder;

  private Path home;
  private Stores stores;

  @BeforeEach
  void openTheStores() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    stores = Stores.open(settings());
  }

  @AfterEach
  void stopTheStores() {
    stores.close();
    Stores.embedded(settings()).stop(true);
  }

  private StoreSettings settings() {
    return StoreSettings.fromEnvironment(TestHome.environment(home));
  }

  private String ask(String sql) {
    return stores
        .database()
        .queries()
        .run(sql, Duration.ofSeconds(10), 10)
        .rows()
        .getFirst()
        .getFirst();
  }

  private void await(NightjarProcess watch, String expected, String sql) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!expected.equals(ask(sql))) {
      assertTrue(watch.isAlive(), "the watch ended");
      assertTrue(System.nanoTime() - end < 0, sql + " is " + ask(sql) + ", not " + expected);
      Thread.onSpinWait();
    }
  }

  /** What a shell starts in the background is born deaf to SIGINT, and so are its children. */
  private static boolean hearsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .noneMatch(
            line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
  }

  /** Two empty commits of one second on one parent are the same commit unless they say more. */
  private static void commit(Path where) throws Exception {
    GitFixture.git(where, "commit", "-q", "--allow-empty", "-m", "new in " + where.getFileName());
  }

  @Test
  void newCommitsComeInUntilItIsInterrupted() throws Exception {
    Path project = GitFixture.linear(folder.resolve("project"), 20, 1);
    Path linked = folder.resolve("linked");
    GitFixture.git(project, "worktree", "add", "-q", "-b", "other", linked.toString());
    NightjarProcess watch = NightjarProcess.start(home, linked, Map.of(), "ingest", "--watch");
    String commits = "select coalesce(sum(commits), 0) from commit_activity";
    await(watch, "20", commits);
    commit(linked);
    await(watch, "21", commits);
    commit(project);
    GitFixture.git(project, "pack-refs", "--all");
    await(watch, "22", commits);
    await(watch, "0", "select count(*) from run_history where state = 'running'");

    boolean hearsInterrupts = hearsInterrupts();
    watch.signal(hearsInterrupts ? "INT" : "TERM");
    NightjarProcess.Ended ended = watch.await();
    assertEquals(hearsInterrupts ? INTERRUPTED : TERMINATED, ended.exitCode(), ended.err());
    assertFalse(ended.err().contains("\tat "), ended.err());
    assertEquals("", ended.out());
    assertEquals("0", ask("select count(*) from run_history where state <> 'completed'"));
    NightjarProcess.Ended next = NightjarProcess.run(home, project, "ingest");
    assertEquals(ExitCode.DONE, next.exitCode(), next.err());
    assertTrue(next.err().contains("0 new commits"), next.err());
  }

  @Test
  void anIngestUnderWayEndsInOrderAndTheNextGoesOn() throws Exception {
    int many = 30_000;
    Path project = GitFixture.linear(folder.resolve("project"), many, 1);
    GitFixture.git(project, "clone", "-q", "--bare", ".", "../bare.git");
    Path bare = folder.resolve("bare.git");
    NightjarProcess watch = NightjarProcess.start(home, bare, Map.of(), "ingest", "--watch");
    String stored = "select count(*) > 0 from commit_activity";
    await(watch, "true", stored);
    watch.signal("TERM");
    NightjarProcess.Ended ended = watch.await();
    assertEquals(TERMINATED, ended.exitCode(), ended.err());
    assertTrue(ended.err().contains("Stopped:"), ended.err());
    assertEquals("failed", ask("select state from run_history"));
    assertTrue(Long.parseLong(ask("select sum(commits) from commit_activity")) < many);

    NightjarProcess.Ended next = NightjarProcess.run(home, bare, "ingest", "--resume");
    assertEquals(ExitCode.DONE, next.exitCode(), next.err());
    assertEquals(
        List.of(String.valueOf(many)), List.of(ask("select sum(commits) from commit_activity")));
  }

  @Test
  void whatMakesNoSenseTogetherIsRefused() throws Exception {
    Path project = GitFixture.linear(folder.resolve("project"), 1, 1);
    NightjarProcess.Ended ended =
        NightjarProcess.run(home, project, "ingest", "--watch", "--resume");
    assertEquals(ExitCode.USAGE, ended.exitCode(), ended.err());
    assertTrue(ended.err().contains("--resume"), ended.err());
  }
}
