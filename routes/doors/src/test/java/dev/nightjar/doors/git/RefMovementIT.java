package dev.nightjar.doors.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.doors.git.TestStores.Ingested;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How refs move between ingests, and what becomes of the commits that they leave. */
class RefMovementIT {
  @RegisterExtension static final TestStores STORES = new TestStores();

  @TempDir Path folder;

  private TestRepository repository;

  @BeforeEach
  void makeARepository() throws Exception {
    repository = TestRepository.init(folder.resolve("repository"));
  }

  private Ingested ingest() {
    return STORES.ingest(repository.folder());
  }

  /** Movements of a ref, the oldest first: from, to, whether forced. */
  private static List<String> movements(Ingested ingested, String ref) {
    return STORES.rows(
        "select encode(old_target, 'hex'), encode(new_target, 'hex'), forced from git_ref_movement"
            + " where repository_id = ? and name = ? order by movement_id",
        ingested.repositoryId(),
        ref);
  }

  private static List<String> unreachable(Ingested ingested) {
    return STORES.rows(
        "select subject from git_commit where repository_id = ? and unreachable_since is not null"
            + " order by committed_at",
        ingested.repositoryId());
  }

  private static String stored(Ingested ingested) {
    return STORES.value(
        "select count(*) from git_commit where repository_id = ?", ingested.repositoryId());
  }

  @Test
  void aBranchThatGrowsIsNotForced() throws Exception {
    String first = repository.commit("a", "1\n");
    ingest();
    repository.commit("a", "2\n");
    String third = repository.commit("a", "3\n");
    Ingested grown = ingest();
    assertEquals(
        List.of("-\t" + first + "\tf", first + "\t" + third + "\tf"),
        movements(grown, "refs/heads/main"));
    assertEquals(List.of(), unreachable(grown));
    ingest();
    assertEquals(2, movements(grown, "refs/heads/main").size(), "nothing moved");
  }

  @Test
  void aForcedPushMarksWhatItLeavesAndReturningTakesTheMarkOff() throws Exception {
    String base = repository.write("a", "1\n").commit("base");
    repository.write("a", "2\n").commit("left 1");
    String left = repository.write("a", "3\n").commit("left 2");
    ingest();
    repository.git("reset", "-q", "--hard", base);
    String other = repository.write("a", "x\n").commit("other");
    Ingested forced = ingest();
    assertEquals(
        List.of("-\t" + left + "\tf", left + "\t" + other + "\tt"),
        movements(forced, "refs/heads/main"));
    assertEquals(List.of("left 1", "left 2"), unreachable(forced));
    assertEquals("4", stored(forced));

    repository.git("branch", "rescue", left);
    Ingested rescued = ingest();
    assertEquals(List.of(), unreachable(rescued));
    assertEquals(0, rescued.summary().commits());

    repository.git("reset", "-q", "--hard", left);
    repository.git("branch", "-D", "rescue");
    Ingested back = ingest();
    assertEquals(List.of("other"), unreachable(back));
    assertEquals(
        other + "\t" + left + "\tt", movements(back, "refs/heads/main").getLast(), "forced again");
  }

  @Test
  void aMergedBranchThatIsDeletedLeavesNothingBehind() throws Exception {
    repository.write("a", "1\n").commit("base");
    repository.git("checkout", "-q", "-b", "topic");
    String topic = repository.write("b", "1\n").commit("topic");
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "topic");
    ingest();
    repository.git("branch", "-d", "-q", "topic");
    Ingested deleted = ingest();
    assertEquals(
        List.of("-\t" + topic + "\tf", topic + "\t-\tf"), movements(deleted, "refs/heads/topic"));
    assertEquals(List.of(), unreachable(deleted));
    assertEquals(
        "0",
        STORES.value(
            "select count(*) from git_ref where repository_id = ? and name = 'refs/heads/topic'",
            deleted.repositoryId()));
  }

  @Test
  void anUnmergedBranchThatIsDeletedIsMarked() throws Exception {
    repository.write("a", "1\n").commit("base");
    repository.git("checkout", "-q", "-b", "topic");
    repository.write("b", "1\n").commit("topic");
    repository.git("checkout", "-q", "main");
    ingest();
    repository.git("branch", "-D", "topic");
    assertEquals(List.of("topic"), unreachable(ingest()));
  }

  @Test
  void aRefMovedToACommitThatWasThereAlreadyIsJudgedByTheWholeGraph() throws Exception {
    String base = repository.write("a", "1\n").commit("base");
    repository.git("checkout", "-q", "-b", "topic");
    String topic = repository.write("b", "1\n").commit("topic");
    ingest();
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--ff-only", "topic");
    Ingested forward = ingest();
    assertEquals(base + "\t" + topic + "\tf", movements(forward, "refs/heads/main").getLast());
    repository.git("reset", "-q", "--hard", base);
    Ingested backward = ingest();
    assertEquals(topic + "\t" + base + "\tt", movements(backward, "refs/heads/main").getLast());
    assertEquals(List.of(), unreachable(backward));
  }

  @Test
  void headGoesWhereThePersonGoes() throws Exception {
    String main = repository.commit("a", "1\n");
    repository.git("checkout", "-q", "-b", "other");
    String other = repository.commit("a", "2\n");
    ingest();
    repository.git("checkout", "-q", "main");
    Ingested moved = ingest();
    assertEquals(other + "\t" + main + "\t-", movements(moved, "HEAD").getLast());
  }

  @Test
  void aTagThatIsMovedIsForced() throws Exception {
    String first = repository.commit("a", "1\n");
    String second = repository.commit("a", "2\n");
    repository.git("tag", "v1", second);
    ingest();
    repository.git("tag", "-f", "v1", first);
    Ingested moved = ingest();
    assertEquals(second + "\t" + first + "\tt", movements(moved, "refs/tags/v1").getLast());
  }

  @Test
  void commitsThatGitHasThrownAwayAreKept() throws Exception {
    String base = repository.write("a", "1\n").commit("base");
    repository.write("a", "2\n").commit("left");
    ingest();
    repository.git("reset", "-q", "--hard", base);
    repository.git("reflog", "expire", "--expire=now", "--all");
    repository.git("gc", "-q", "--prune=now");
    Ingested pruned = ingest();
    assertEquals(List.of("left"), unreachable(pruned));
    assertEquals("2", stored(pruned));
    assertEquals(List.of(), pruned.letters());
  }

  @Test
  void anotherProcessRepacksAndForcePushesMeanwhile() throws Exception {
    StringBuilder stream = new StringBuilder();
    for (int i = 1; i <= 2_000; i++) {
      stream.append(
          "commit refs/heads/main\ncommitter A <a@b> %d +0000\ndata 1\nx\nM 100644 inline f%d\ndata %d\n%d\n"
              .formatted(1_700_000_000 + i, i % 50, String.valueOf(i).length(), i));
    }
    repository.output(stream.toString().getBytes(UTF_8), "fast-import", "--quiet");
    repository.git("reset", "-q", "--hard", "main");
    String before = repository.head();
    boolean[] isDone = new boolean[1];
    Ingested during =
        STORES.ingest(
            repository.folder(),
            (done, total) -> {
              if (!isDone[0]) {
                isDone[0] = true;
                moveAndPrune();
              }
            });
    assertEquals(2_000, during.summary().commits());
    assertEquals(List.of(), during.letters());
    Ingested after = ingest();
    assertEquals(
        List.of("-\t" + before + "\tf", before + "\t" + repository.head() + "\tt"),
        movements(after, "refs/heads/main"));
    assertEquals(1_000, unreachable(after).size());
    assertEquals("2001", stored(after));
  }

  private void moveAndPrune() {
    try {
      repository.git("reset", "-q", "--hard", "main~1000");
      repository.commit("new", "1\n");
      repository.git("reflog", "expire", "--expire=now", "--all");
      repository.git("repack", "-q", "-a", "-d");
      repository.git("prune", "--expire=now");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
