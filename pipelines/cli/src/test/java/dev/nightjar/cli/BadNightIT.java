package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong at night: each gives one sentence with the input and the remedy, and leaves what
 * is stored whole.
 */
class BadNightIT {
  private static final String QUICK =
      "benchmarks: [{name: quick, command: \"true\", warmups: 0, repetitions: 3}]\nsuites: []\n";

  private static final int LONG_COMMITS = 6_000;

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private Path project;

  @BeforeEach
  void makeAProject() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    project = GitFixture.linear(folder.resolve("project"), 50, 1);
    Files.writeString(project.resolve("nightjar.yaml"), QUICK);
  }

  @AfterEach
  void stopTheStores() {
    Stores.embedded(settings()).stop(true);
  }

  private NightjarProcess.Ended run(String... args) throws IOException, InterruptedException {
    return NightjarProcess.start(home, project, environment, args).await();
  }

  private static void assertSentence(NightjarProcess.Ended ended, int exitCode, String... parts) {
    assertEquals(exitCode, ended.exitCode(), ended.err());
    assertEquals("", ended.out());
    String last = ended.err().lines().reduce((a, b) -> b).orElse("");
    assertTrue(last.startsWith("nightjar: "), ended.err());
    for (String part : parts) {
      assertTrue(last.contains(part), part + " is not in: " + last);
    }
    assertFalse(ended.err().contains("\tat "), "a stack trace: " + ended.err());
  }

  @Test
  void anUnknownKey() throws Exception {
    Files.writeString(project.resolve("nightjar.yaml"), "suits: [memory]\n");
    assertSentence(run("run"), ExitCode.USAGE, "nightjar.yaml, line 1", "'suits'", "'suites'");
  }

  @Test
  void aWrongType() throws Exception {
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { confidence: high }\n");
    assertSentence(run("run"), ExitCode.USAGE, "gate.confidence", "'high'");
  }

  @Test
  void aMissingRepository() throws Exception {
    assertSentence(run("run", "--repo", "nowhere"), ExitCode.USAGE, "nowhere", "--repo");
    Path plain = Files.createDirectories(folder.resolve("plain"));
    assertSentence(
        run("run", "--repo", plain.toString()), ExitCode.USAGE, plain.toString(), "git init");
  }

  @Test
  void anUnreachableDatabase() throws Exception {
    environment.put("NIGHTJAR_DATABASE_URL", "postgresql://ada:s3cret@127.0.0.1:1/night");
    NightjarProcess.Ended ended = run("run");
    assertSentence(ended, ExitCode.ENVIRONMENT, "127.0.0.1:1");
    assertFalse(ended.err().contains("s3cret"), "a password is shown");
  }

  @Test
  void aReadOnlyHome() throws Exception {
    Path readOnly = Files.createDirectories(folder.resolve("read-only"));
    environment.put("XDG_DATA_HOME", readOnly.resolve("data").toString());
    environment.put("XDG_CACHE_HOME", readOnly.resolve("cache").toString());
    environment.put("XDG_STATE_HOME", readOnly.resolve("state").toString());
    boolean isMounted = mount("ro,size=1m", readOnly);
    assertTrue(
        isMounted || readOnly.toFile().setWritable(false), "the folder can still be written");
    try {
      assertSentence(run("run"), ExitCode.ENVIRONMENT, readOnly.resolve("data").toString());
      assertSentence(
          run("query", "latest"), ExitCode.ENVIRONMENT, readOnly.resolve("data").toString());
    } finally {
      if (isMounted) {
        unmount(readOnly);
      } else {
        assertTrue(readOnly.toFile().setWritable(true));
      }
    }
  }

  @Test
  void aFullDiskThatIsFreedAgain() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    environment.put("XDG_DATA_HOME", disk.resolve("data").toString());
    assumeTrue(mount("size=160m", disk), "only root can mount the small disk that this test fills");
    try {
      NightjarProcess.Ended first = run("run");
      assertEquals(ExitCode.DONE, first.exitCode(), first.err());
      addLongCommits();
      try (RandomAccessFile filler = new RandomAccessFile(disk.resolve("filler").toFile(), "rw")) {
        fill(filler);
      }
      NightjarProcess.Ended full = run("run");
      assertSentence(full, ExitCode.ENVIRONMENT, "space");

      Files.delete(disk.resolve("filler"));
      NightjarProcess.Ended resumed = run("run", "--resume");
      assertEquals(ExitCode.DONE, resumed.exitCode(), resumed.err());
      NightjarProcess.Ended stored =
          run("query", "select sum(commits) as commits from commit_activity", "--csv");
      assertEquals("commits\r\n" + (50 + LONG_COMMITS) + "\r\n", stored.out(), stored.err());
    } finally {
      Stores.embedded(settings()).stop(true);
      unmount(disk);
    }
  }

  /** More than fits into the room that the database has already. */
  private void addLongCommits() throws Exception {
    StringBuilder stream = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < LONG_COMMITS; i++) {
      String text =
          "new\n\n" + random.ints(500, 'a', 'z').mapToObj(Integer::toString).collect(joining());
      stream.append("commit refs/heads/main\n");
      stream.append("committer Ada <ada@example.org> %d +0000%n".formatted(1_800_000_000L + i));
      stream.append("data %d%n%s%n".formatted(text.length(), text));
      if (i == 0) {
        stream.append("from refs/heads/main^0\n");
      }
    }
    GitFixture.fastImport(project, stream.toString().getBytes(UTF_8));
    GitFixture.git(project, "reset", "-q", "--hard", "main");
  }

  /** What a disk that is full in the wrong moment leaves: nobody could write how a step ended. */
  @Test
  void anEndThatCouldNotBeWritten() throws Exception {
    Files.writeString(project.resolve("site"), "no folder");
    NightjarProcess.Ended failed = run("run");
    assertEquals(ExitCode.USAGE, failed.exitCode(), failed.err());
    try (Stores stores = Stores.open(settings());
        Connection connection = stores.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      String unknown = " set status = 'UNKNOWN', exit_code = 'UNKNOWN' where status = 'FAILED'";
      assertEquals(1, statement.executeUpdate("update batch.batch_step_execution" + unknown));
      assertEquals(1, statement.executeUpdate("update batch.batch_job_execution" + unknown));
    }
    Files.delete(project.resolve("site"));
    NightjarProcess.Ended resumed = run("run", "--resume");
    assertEquals(ExitCode.DONE, resumed.exitCode(), resumed.err());
    assertEquals(
        "runs\r\n1\r\n", run("query", "select count(*) as runs from run_history", "--csv").out());
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private StoreSettings settings() {
    Map<String, String> all = new HashMap<>(TestHome.environment(home));
    all.putAll(environment);
    return StoreSettings.fromEnvironment(all);
  }

  private static void fill(RandomAccessFile file) throws IOException {
    byte[] block = new byte[64 * 1024];
    try {
      while (true) {
        file.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  @Test
  void aDeadRunIsLeftByTheNextWhateverKindOfMachineItsWas() throws Exception {
    NightjarProcess slow = startSlowRun();
    slow.kill();
    slow.await();
    try (Stores stores = Stores.open(settings());
        Connection connection = stores.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "with other as (insert into host (machine_key, name, facts)"
              + " values ('before the update', 'vm', '{}') returning host_id)"
              + " update run set host_id = (select host_id from other)");
    }
    Files.createFile(project.resolve("go"));
    NightjarProcess.Ended next = run("run", "--resume");
    assertEquals(ExitCode.DONE, next.exitCode(), next.err());
    assertTrue(next.err().contains("did not complete and is left"), next.err());
    assertEquals(
        "state\r\nabandoned\r\ncompleted\r\n",
        run("query", "select state from run_history order by started_at", "--csv").out());
  }

  /** A run whose benchmark goes on until there is a file {@code go}. */
  private NightjarProcess startSlowRun() throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        "benchmarks: [{name: slow, command: 'until [ -e go ]; do sleep 0.1; done', warmups: 0,"
            + " repetitions: 1}]\n"
            + "suites: []\n");
    NightjarProcess slow = NightjarProcess.start(home, project, environment, "run");
    try (Stores stores = Stores.open(settings());
        Connection connection = stores.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (!isTrue(statement, "select exists (select from run where state = 'running')")) {
        assertTrue(slow.isAlive(), "the first run ended");
        Thread.sleep(100);
      }
    }
    return slow;
  }

  @Test
  void twoRunsAtOnce() throws Exception {
    NightjarProcess slow = startSlowRun();
    assertSentence(
        run("run"),
        ExitCode.ENVIRONMENT,
        "Another run over",
        project.toString(),
        "wait for it to end");
    Files.createFile(project.resolve("go"));
    NightjarProcess.Ended ended = slow.await();
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.err());
  }

  private static boolean mount(String options, Path where)
      throws IOException, InterruptedException {
    return new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", where.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void unmount(Path where) throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("umount", "-l", where.toString()).inheritIO().start().waitFor());
  }
}
