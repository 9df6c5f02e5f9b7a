package dev.nightjar.doors.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.git.TestStores.Ingested;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.DeadLetter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are missing or damaged: the rest is stored, and each of them is reported. */
class DamagedRepositoriesIT {
  @RegisterExtension static final TestStores STORES = new TestStores();

  @TempDir Path folder;

  private TestRepository repository;

  /** Five commits to two files; what is lost belongs to the third. */
  private String third;

  @BeforeEach
  void makeAHistory() throws Exception {
    repository = TestRepository.init(folder.resolve("repository"));
    for (int i = 1; i <= 5; i++) {
      repository.write("dir/a", "a\n".repeat(i)).write("b", "b\n".repeat(i));
      String commit = repository.commit("Number " + i);
      third = i == 3 ? commit : third;
    }
  }

  private String idOf(String name) throws Exception {
    return repository.git("rev-parse", name).strip();
  }

  private static List<String> subjects(Ingested ingested) {
    return ingested.letters().stream().map(DeadLetter::subject).sorted().toList();
  }

  private static String counts(Ingested ingested, int number) {
    return String.join(
        "; ",
        STORES.rows(
            "select path, lines_added, lines_deleted from file_change"
                + " join git_commit using (repository_id, commit_id)"
                + " where repository_id = ? and subject = 'Number ' || ? order by path",
            ingested.repositoryId(),
            number));
  }

  /** The commits that changed it there and back, each with the blob. */
  private List<String> ofTheBlobOfTheThird() throws Exception {
    String blob = idOf(third + ":b");
    return Stream.of(third + " " + blob, idOf("HEAD~1") + " " + blob).sorted().toList();
  }

  private static void assertToldOfEach(Ingested ingested, String word) {
    assertFalse(ingested.letters().isEmpty());
    for (DeadLetter letter : ingested.letters()) {
      assertTrue(letter.error().contains(word), letter.toString());
    }
  }

  /** What was counted, by the commit's subject. */
  private static List<String> changes(Ingested ingested) {
    return STORES.rows(
        "select subject, path, lines_added, lines_deleted from file_change"
            + " join git_commit using (repository_id, commit_id)"
            + " where repository_id = ? and lines_added is not null order by 1, 2",
        ingested.repositoryId());
  }

  @Test
  void aMissingBlobLeavesOnlyItsOwnCountsOut() throws Exception {
    String blob = idOf(third + ":b");
    repository.lose(blob);
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(5, ingested.summary().commits());
    assertEquals("b\t1\t0; dir/a\t1\t0", counts(ingested, 2));
    assertEquals("b\t-\t-; dir/a\t1\t0", counts(ingested, 3));
    assertEquals("b\t-\t-; dir/a\t1\t0", counts(ingested, 4));
    assertEquals("b\t1\t0; dir/a\t1\t0", counts(ingested, 5));
    String fourth = idOf("HEAD~1");
    assertEquals(
        Stream.of(third + " " + blob, fourth + " " + blob).sorted().toList(), subjects(ingested));
    assertTrue(ingested.letters().getFirst().error().contains("missing"));
  }

  @Test
  void aMissingTreeLeavesTheListingsOfTwoCommitsOut() throws Exception {
    String tree = idOf(third + ":dir");
    repository.lose(tree);
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(Map.of("listed", 3L, "unreadable", 2L), STORES.listings(ingested.repositoryId()));
    assertEquals(
        Stream.of(third + " " + tree, idOf("HEAD~1") + " " + tree).sorted().toList(),
        subjects(ingested));
    assertToldOfEach(ingested, "missing");
  }

  @Test
  void aMissingCommitCutsTheHistoryAndIsReadOnceItIsBack() throws Exception {
    byte[] raw = Files.readAllBytes(repository.loose(third));
    repository.lose(third);
    Ingested cut = STORES.ingest(repository.folder());
    assertEquals(Map.of("listed", 1L, "unreadable", 1L), STORES.listings(cut.repositoryId()));
    assertTrue(subjects(cut).contains(third), subjects(cut).toString());

    repository.commit("b", "more\n");
    Ingested still = STORES.ingest(repository.folder());
    assertEquals(1, still.summary().commits());
    assertEquals(List.of(third), subjects(still), "what is still missing is said again");

    Files.write(repository.loose(third), raw);
    Ingested whole = STORES.ingest(repository.folder());
    assertEquals(3, whole.summary().commits());
    assertEquals(List.of(), subjects(whole));
    assertEquals(
        "0",
        STORES.value("select count(*) from git_gap where repository_id = ?", whole.repositoryId()));
  }

  @Test
  void aDamagedLooseObjectIsReported() throws Exception {
    for (String name : List.of(third + ":b", third + "^{tree}", third)) {
      Path file = repository.loose(idOf(name));
      Files.delete(file);
      Files.write(file, new byte[] {0x78, 1, 2, 3, 4, 5, 6, 7});
    }
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(2, ingested.summary().commits());
    assertEquals(
        Stream.of(third, idOf("HEAD~1") + " " + third).sorted().toList(), subjects(ingested));
    assertToldOfEach(ingested, "damaged");
  }

  @Test
  void anObjectOfAnotherTypeIsReported() throws Exception {
    Path file = repository.loose(idOf(third + ":b"));
    byte[] tree = Files.readAllBytes(repository.loose(idOf(third + ":dir")));
    Files.delete(file);
    Files.write(file, tree);
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(5, ingested.summary().commits());
    assertEquals("b\t-\t-; dir/a\t1\t0", counts(ingested, 3));
    assertEquals(ofTheBlobOfTheThird(), subjects(ingested));
  }

  @Test
  void anEmptyLooseObjectAsAfterAPowerCutIsReported() throws Exception {
    Path file = repository.loose(idOf(third + ":b"));
    Files.delete(file);
    Files.createFile(file);
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(5, ingested.summary().commits());
    assertEquals("b\t-\t-; dir/a\t1\t0", counts(ingested, 3));
    assertEquals(ofTheBlobOfTheThird(), subjects(ingested));
    assertToldOfEach(ingested, "damaged");
  }

  @Test
  void aDamagedPackLosesNoMoreThanWhatIsDamaged() throws Exception {
    repository.git("repack", "-q", "-a", "-d");
    Path pack = onlyPack(".pack");
    Ingested clean = STORES.ingest(repository.folder());
    List<String> whole = changes(clean);
    assertEquals(10, whole.size());
    forget(clean.repositoryId());
    int kept = 0;
    int flips = 0;
    for (long at = 12; at < Files.size(pack) - 20; at += 37) {
      flip(pack, at);
      Ingested ingested = STORES.ingest(repository.folder());
      List<String> changes = changes(ingested);
      String said = "damaged at " + at + ": " + changes + ", " + ingested.letters();
      assertTrue(whole.containsAll(changes), said);
      assertEquals(changes.size(), Set.copyOf(changes).size(), said);
      assertTrue(changes.size() == whole.size() || !ingested.letters().isEmpty(), said);
      kept += changes.size();
      flips++;
      forget(ingested.repositoryId());
      flip(pack, at);
    }
    // An object in a small pack takes its neighbours along where they are deltas of it, not more.
    assertTrue(kept > flips * whole.size() / 4, kept + " of " + flips * whole.size());
  }

  @Test
  void aPackThatIsCutShortAndOneWithoutItsIndex() throws Exception {
    repository.git("repack", "-q", "-a", "-d");
    Path pack = onlyPack(".pack");
    assertTrue(pack.toFile().setWritable(true));
    try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    Ingested half = STORES.ingest(repository.folder());
    assertTrue(subjects(half).contains("HEAD"), half.letters().toString());
    assertTrue(changes(half).size() < 10, "half of it is not there");
    Files.delete(onlyPack(".idx"));
    Ingested none = STORES.ingest(repository.folder());
    assertTrue(
        none.letters().stream().anyMatch(letter -> letter.subject().equals("refs/heads/main")),
        none.letters().toString());
  }

  private Path onlyPack(String ending) throws IOException {
    try (Stream<Path> files = Files.list(repository.folder().resolve(".git/objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    assertTrue(file.toFile().setWritable(true));
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int value = open.read();
      open.seek(at);
      open.write(value ^ 0xff);
    }
  }

  /** So that the next ingest of the same repository begins anew. */
  private static void forget(long repositoryId) {
    for (String table : List.of("git_watermark", "git_ref", "git_gap")) {
      STORES.rows("delete from " + table + " where repository_id = ? returning 1", repositoryId);
    }
    STORES.rows(
        "with gone as (delete from git_commit where repository_id = ? returning commit_number)"
            + " delete from git_change using gone where git_change.commit_number = gone.commit_number"
            + " returning 1",
        repositoryId);
  }

  @Test
  void headersThatMakeNoSense() throws Exception {
    String tree = idOf("HEAD^{tree}");
    List<String> raw =
        List.of(
            "",
            "tree\n",
            "tree " + tree + "\nparent zzzz\n\nx\n",
            "tree " + tree + "\n\nno author\n",
            "tree " + tree + "\nauthor\ncommitter\n\nempty lines\n",
            "tree " + tree + "\nauthor A <a@b 1 +0000\ncommitter A a@b> x y\n\nbrackets\n",
            "tree " + tree + "\nauthor A <a@b> 1 +9999\ncommitter A <a@b> 1 -2360\n\nzones\n");
    for (int i = 0; i < raw.size(); i++) {
      String id = repository.commitObject(raw.get(i).getBytes(UTF_8));
      Files.writeString(repository.folder().resolve(".git/refs/heads/odd-" + i), id + "\n");
    }
    Ingested ingested = STORES.ingest(repository.folder());
    List<String> stored =
        STORES.rows(
            "select subject from git_commit where repository_id = ?"
                + " and subject not like 'Number%' order by 1",
            ingested.repositoryId());
    assertEquals(List.of("brackets", "empty lines", "no author", "zones"), stored);
    assertEquals(
        Stream.of(idOf("odd-0"), idOf("odd-1"), idOf("odd-2")).sorted().toList(),
        subjects(ingested));
  }

  @Test
  void treesThatMakeNoSense() throws Exception {
    List<byte[]> trees =
        List.of(
            new byte[] {1},
            "100644 ".getBytes(UTF_8),
            "100644 a\0short".getBytes(UTF_8),
            "x y\0".getBytes(UTF_8),
            "40000 d\0aaaaaaaaaaaaaaaaaaaa".getBytes(UTF_8));
    for (int i = 0; i < trees.size(); i++) {
      String tree =
          new String(
                  repository.output(
                      trees.get(i), "hash-object", "-t", "tree", "-w", "--stdin", "--literally"),
                  UTF_8)
              .strip();
      String person = "A <a@b> 1700000000 +0000\n";
      String commit =
          repository.commitObject(
              "tree %s\nparent %s\nauthor %scommitter %s\nTree %d\n"
                  .formatted(tree, third, person, person, i)
                  .getBytes(UTF_8));
      repository.git("update-ref", "refs/heads/odd-" + i, commit);
    }
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(Map.of("listed", 5L, "unreadable", 5L), STORES.listings(ingested.repositoryId()));
    List<String> odd = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      boolean isWhole = i == trees.size() - 1; // it names another one, which is not there
      String named = isWhole ? "61".repeat(20) : idOf("odd-" + i + "^{tree}");
      odd.add(idOf("odd-" + i) + " " + named);
    }
    assertEquals(odd.stream().sorted().toList(), subjects(ingested));
  }

  @Test
  void aPartialCloneHasItsPathsAndNoCounts() throws Exception {
    repository.git("config", "uploadpack.allowFilter", "true");
    String url = "file://" + repository.folder();
    repository.git("clone", "-q", "--filter=blob:none", "--no-checkout", url, "../partial");
    TestRepository partial = TestRepository.at(folder.resolve("partial"));
    Ingested ingested = STORES.ingest(partial.folder());
    assertEquals(Map.of("listed", 5L), STORES.listings(ingested.repositoryId()));
    assertEquals(
        "10\t0\t0",
        STORES.value(
            "select count(*), count(lines_added), count(lines_deleted) from file_change"
                + " where repository_id = ?",
            ingested.repositoryId()));
    assertEquals(10, ingested.summary().unreadableCount());
    try (GitRepository open = GitRepository.open(partial.folder())) {
      assertTrue(open.isPartialClone());
    }
  }

  @Test
  void aPartialCloneWithoutTreesHasItsCommits() throws Exception {
    repository.git("config", "uploadpack.allowFilter", "true");
    String url = "file://" + repository.folder();
    repository.git("clone", "-q", "--filter=tree:0", "--no-checkout", url, "../treeless");
    Ingested ingested = STORES.ingest(folder.resolve("treeless"));
    assertEquals(Map.of("unreadable", 5L), STORES.listings(ingested.repositoryId()));
  }
}
