package dev.nightjar.doors.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.git.TestStores.Ingested;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Failure;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that are unusual and whole: everything is stored as git has it. */
class HardRepositoriesIT {
  private static final String TREE_OF_NOTHING = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

  @RegisterExtension static final TestStores STORES = new TestStores();

  @TempDir Path folder;

  private static void assertSameAsGit(TestRepository repository, Ingested ingested)
      throws Exception {
    assertEquals(repository.changes(), STORES.changes(ingested.repositoryId()));
    assertEquals(
        repository.git("rev-list", "--all", "--count").strip(),
        STORES.value(
            "select count(*) from git_commit where repository_id = ?", ingested.repositoryId()));
    assertEquals(List.of(), ingested.letters());
  }

  @Test
  void anEmptyRepositoryHasNothing() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(0, ingested.summary().commits());
    assertEquals(0, ingested.summary().refs());
    assertEquals(List.of(), ingested.letters());
    repository.commit("a", "1\n");
    assertSameAsGit(repository, STORES.ingest(repository.folder()));
  }

  @Test
  void aBareRepositoryIsReadWithTheMailmapOfItsHead() throws Exception {
    TestRepository work = TestRepository.init(folder.resolve("work"));
    work.write(".mailmap", "Ada Lovelace <ada@example.org>\n").commit("a", "1\n");
    work.git("clone", "-q", "--bare", ".", "../bare.git");
    TestRepository bare = TestRepository.at(folder.resolve("bare.git"));
    Ingested ingested = STORES.ingest(bare.folder());
    assertSameAsGit(bare, ingested);
    assertEquals(
        "Ada Lovelace",
        STORES.value(
            "select person.name from git_commit join person on person_id = author_id"
                + " where repository_id = ?",
            ingested.repositoryId()));
  }

  @Test
  void aLinkedWorktreeIsTheSameRepository() throws Exception {
    TestRepository main = TestRepository.init(folder.resolve("main"));
    main.commit("a", "1\n");
    main.git("worktree", "add", "-q", "-b", "other", "../linked");
    TestRepository linked = TestRepository.at(folder.resolve("linked"));
    linked.commit("b", "2\n");
    Ingested fromLinked = STORES.ingest(linked.folder());
    assertSameAsGit(main, fromLinked);
    Ingested fromMain = STORES.ingest(main.folder());
    assertEquals(fromLinked.repositoryId(), fromMain.repositoryId());
    assertEquals(0, fromMain.summary().commits());
  }

  @Test
  void aSubmoduleIsALineThatNamesItsCommit() throws Exception {
    TestRepository library = TestRepository.init(folder.resolve("library"));
    library.commit("a", "1\n");
    TestRepository user = TestRepository.init(folder.resolve("user"));
    user.git("submodule", "--quiet", "add", library.folder().toString(), "vendor/library");
    user.commit("Add the library");
    library.commit("a", "2\n");
    TestRepository.at(user.folder().resolve("vendor/library")).git("pull", "-q");
    user.commit("Newer library");
    Ingested ingested = STORES.ingest(user.folder());
    assertSameAsGit(user, ingested);
    assertEquals(
        List.of("added\t1\t0", "modified\t1\t1"),
        STORES.rows(
            "select kind, lines_added, lines_deleted from file_change"
                + " where repository_id = ? and path = 'vendor/library' order by commit_number desc",
            ingested.repositoryId()));
    Ingested inner = STORES.ingest(user.folder().resolve("vendor/library"));
    assertEquals(2, inner.summary().commits(), "a submodule is a repository of its own");
  }

  @Test
  void octopusMergesTwoRootsAndCrissCrossMerges() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.commit("a", "1\n");
    for (String branch : List.of("left", "middle", "right")) {
      repository.git("checkout", "-q", "-b", branch, "main");
      repository.commit(branch, branch + "\n");
    }
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--no-ff", "-m", "Octopus", "left", "middle", "right");
    repository.git("checkout", "-q", "--orphan", "second-root");
    repository.git("rm", "-rfq", ".");
    repository.commit("z", "root\n");
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--allow-unrelated-histories", "-m", "Join", "second-root");
    repository.git("branch", "one");
    repository.git("branch", "two");
    repository.git("checkout", "-q", "one");
    String one = repository.commit("one", "1\n");
    repository.git("checkout", "-q", "two");
    String two = repository.commit("two", "2\n");
    repository.git("merge", "-q", "-m", "Cross", one);
    repository.git("checkout", "-q", "one");
    repository.git("merge", "-q", "-m", "Criss", two);
    Ingested ingested = STORES.ingest(repository.folder());
    assertSameAsGit(repository, ingested);
    assertEquals(Map.of("merge", 4L, "listed", 7L), STORES.listings(ingested.repositoryId()));
    assertEquals(
        List.of("0\t2", "1\t5", "2\t3", "4\t1"),
        STORES.rows(
            "select cardinality(parents), count(*) from git_commit where repository_id = ?"
                + " group by 1 order by 1",
            ingested.repositoryId()));
  }

  @Test
  void messagesInOtherEncodingsAndWithoutOneKeepEveryByte() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    String person = "Zo\u00eb <zoe@example.org> 1700000000 +0100\n";
    byte[] latin = commitBytes(person, "encoding ISO-8859-1\n\nGr\u00fc\u00dfe\n", ISO_8859_1);
    byte[] unsaid = commitBytes(person, "\nGr\u00fc\u00dfe\n", ISO_8859_1);
    byte[] withNul = commitBytes(person, "\na\0b\n", UTF_8);
    byte[] unknown = commitBytes(person, "encoding no-such\n\nGr\u00fc\u00dfe\n", UTF_8);
    repository.output(new byte[0], "hash-object", "-t", "tree", "-w", "/dev/null");
    int number = 0;
    for (byte[] raw : List.of(latin, unsaid, withNul, unknown)) {
      repository.git("update-ref", "refs/heads/m" + number++, repository.commitObject(raw));
    }
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(4, ingested.summary().commits());
    assertEquals(List.of(), ingested.letters());
    assertEquals(
        List.of(
            "Gr\u00fc\u00dfe\t-\tZo\u00eb",
            "Gr\ufffd\ufffde\t4772fcdf650a\tZo\ufffd",
            "a\ufffdb\t6100620a\tZo\u00eb",
            "Gr\u00fc\u00dfe\t-\tZo\u00eb"),
        STORES.rows(
            "select subject, encode(message_bytes, 'hex'), git_identity.name from git_ref"
                + " join git_commit using (repository_id, commit_id)"
                + " join git_identity on identity_id = author_identity_id"
                + " where git_ref.repository_id = ? order by git_ref.name",
            ingested.repositoryId()));
  }

  private static byte[] commitBytes(String person, String rest, Charset charset) {
    String head = "tree %s\nauthor %scommitter %s".formatted(TREE_OF_NOTHING, person, person);
    return (head + rest).getBytes(charset);
  }

  @Test
  void pathsOfAnyBytes() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<byte[]> paths =
        Stream.of(
                "gr\u00fcn",
                "new\nline",
                "tab\there",
                "bell\u0007",
                "esc\u001b[31m",
                "quote\"",
                "back\\slash")
            .map(path -> path.getBytes(ISO_8859_1))
            .toList();
    stream.writeBytes(
        "commit refs/heads/main\ncommitter A <a@b> 1700000000 +0000\ndata 1\nx\n".getBytes(UTF_8));
    for (byte[] path : paths) {
      stream.writeBytes("M 100644 inline ".getBytes(UTF_8));
      stream.writeBytes(quoted(path));
      stream.writeBytes("\ndata 4\nabc\n\n".getBytes(UTF_8));
    }
    stream.writeBytes(
        "commit refs/heads/main\ncommitter A <a@b> 1700000060 +0000\ndata 1\ny\n".getBytes(UTF_8));
    stream.writeBytes("R ".getBytes(UTF_8));
    stream.writeBytes(quoted(paths.getFirst()));
    stream.writeBytes(" \"\\377\\n\"\n".getBytes(UTF_8));
    repository.output(stream.toByteArray(), "fast-import", "--quiet");
    Ingested ingested = STORES.ingest(repository.folder());
    assertSameAsGit(repository, ingested);
    assertEquals(8, ingested.summary().changes());
    assertEquals(
        "6772fc6e\tff0a",
        STORES.value(
            "select encode(old_path_bytes, 'hex'), encode(path_bytes, 'hex') from file_change"
                + " where repository_id = ? and kind = 'renamed'",
            ingested.repositoryId()));
  }

  private static byte[] quoted(byte[] path) {
    StringBuilder text = new StringBuilder("\"");
    for (byte b : path) {
      text.append("\\%03o".formatted(b & 0xff));
    }
    return text.append('"').toString().getBytes(UTF_8);
  }

  @Test
  void skewedClocksAndTimesFarAway() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.output(new byte[0], "hash-object", "-t", "tree", "-w", "/dev/null");
    String parent = "";
    List<String> times =
        List.of(
            "4102444800", "-1", "-86400000000", "253402300800", "99999999999999999999", "", "5");
    for (String time : times) {
      String person = "A <a@b> " + time + " +0000\n";
      String raw =
          "tree %s\n%sauthor %scommitter %s\n%s\n"
              .formatted(TREE_OF_NOTHING, parent, person, person, "at " + time);
      parent = "parent " + repository.commitObject(raw.getBytes(UTF_8)) + "\n";
    }
    repository.git("update-ref", "refs/heads/main", parent.substring(7).strip());
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(times.size(), ingested.summary().commits());
    assertEquals(List.of(), ingested.letters());
    assertEquals(
        List.of("4102444800", "-1", "-", "-", "-", "-", "5"),
        times.stream()
            .map(time ->
                STORES.value(
                    "select extract(epoch from committed_at)::bigint from git_commit"
                        + " where repository_id = ? and subject = ?",
                    ingested.repositoryId(),
                    ("at " + time).strip()))
            .toList());
  }

  @Test
  void aBlobOfAHundredMegabytesIsListedWithoutCountsAndReported() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.git("config", "core.compression", "1");
    byte[] line = "a line of text, of which there are very many\n".getBytes(UTF_8);
    try (OutputStream large = Files.newOutputStream(folder.resolve("large.txt"))) {
      byte[] block = new byte[line.length * 1024];
      for (int i = 0; i < block.length; i += line.length) {
        System.arraycopy(line, 0, block, i, line.length);
      }
      for (int written = 0; written < 100_000_000; written += block.length) {
        large.write(block);
      }
    }
    repository.write("small.txt", "1\n");
    String commit = repository.commit("Add both");
    String blob = repository.git("rev-parse", "HEAD:large.txt").strip();
    Ingested loose = STORES.ingest(repository.folder());
    assertLargeIsReported(loose, commit, blob);

    repository.git("repack", "-q", "-a", "-d", "--window=0");
    repository.git("clone", "-q", "--bare", "file://" + folder, folder.resolve("c.git").toString());
    assertLargeIsReported(STORES.ingest(folder.resolve("c.git")), commit, blob);
  }

  private static void assertLargeIsReported(Ingested ingested, String commit, String blob) {
    assertEquals(
        List.of("large.txt\tadded\t-\t-", "small.txt\tadded\t1\t0"),
        STORES.rows(
            "select path, kind, lines_added, lines_deleted from file_change"
                + " where repository_id = ? order by path",
            ingested.repositoryId()));
    assertEquals(
        List.of(commit + " " + blob),
        ingested.letters().stream().map(DeadLetter::subject).toList());
    assertTrue(ingested.letters().getFirst().error().contains("bytes"), ingested.toString());
  }

  @Test
  void tenThousandRefs() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    String commit = repository.commit("a", "1\n");
    StringBuilder loose = new StringBuilder();
    StringBuilder packed = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      packed.append("create refs/heads/packed/%d %s%n".formatted(i, commit));
      loose.append("create refs/tags/loose/%d %s%n".formatted(i, commit));
    }
    repository.output(packed.toString().getBytes(UTF_8), "update-ref", "--stdin");
    repository.git("pack-refs", "--all");
    repository.output(loose.toString().getBytes(UTF_8), "update-ref", "--stdin");
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(10_002, ingested.summary().refs());
    assertEquals(
        List.of("branch\t5001", "head\t1", "tag\t5000"),
        STORES.rows(
            "select kind, count(*) from git_ref where repository_id = ? group by 1 order by 1",
            ingested.repositoryId()));
    Ingested again = STORES.ingest(repository.folder());
    assertEquals(0, again.summary().commits());
  }

  @Test
  void aShallowCloneEndsAtItsBorderAndGrowsWhenItIsDeepened() throws Exception {
    TestRepository origin = TestRepository.init(folder.resolve("origin"));
    for (int i = 0; i < 6; i++) {
      origin.commit("a", i + "\n");
    }
    String url = "file://" + origin.folder();
    origin.git("clone", "-q", "--depth", "2", url, "../shallow");
    TestRepository shallow = TestRepository.at(folder.resolve("shallow"));
    Ingested first = STORES.ingest(shallow.folder());
    assertEquals(Map.of("shallow", 1L, "listed", 1L), STORES.listings(first.repositoryId()));
    assertEquals(1, first.summary().changes(), "what the border changed cannot be known");
    assertEquals(List.of(), first.letters());

    shallow.git("fetch", "-q", "--depth", "4");
    Ingested deeper = STORES.ingest(shallow.folder());
    assertEquals(Map.of("shallow", 1L, "listed", 3L), STORES.listings(deeper.repositoryId()));
    assertEquals(List.of(), deeper.letters());

    shallow.git("fetch", "-q", "--unshallow");
    Ingested whole = STORES.ingest(shallow.folder());
    assertEquals(Map.of("listed", 6L), STORES.listings(whole.repositoryId()));
    assertSameAsGit(shallow, whole);
    assertEquals(0, STORES.ingest(shallow.folder()).summary().commits());
  }

  @Test
  void aShallowCloneThatIsCutShorterKeepsWhatItHad() throws Exception {
    TestRepository origin = TestRepository.init(folder.resolve("origin"));
    for (int i = 0; i < 4; i++) {
      origin.commit("a", i + "\n");
    }
    origin.git("clone", "-q", "file://" + origin.folder(), "../clone");
    TestRepository clone = TestRepository.at(folder.resolve("clone"));
    STORES.ingest(clone.folder());
    origin.commit("a", "4\n");
    clone.git("fetch", "-q", "--depth", "1");
    Ingested cut = STORES.ingest(clone.folder());
    assertEquals(Map.of("listed", 4L, "shallow", 1L), STORES.listings(cut.repositoryId()));
    assertEquals(List.of(), cut.letters());
  }

  @Test
  void aRepositoryOfSha256IsRefusedWithASentence() throws Exception {
    TestRepository repository = TestRepository.init(folder, "--object-format=sha256");
    repository.commit("a", "1\n");
    Failure.Misuse refused =
        assertThrows(Failure.Misuse.class, () -> GitRepository.open(folder).close());
    assertTrue(refused.getMessage().contains("SHA-256"), refused.getMessage());
  }

  @Test
  void anUnknownExtensionIsRefusedWithASentence() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.commit("a", "1\n");
    repository.git("config", "core.repositoryFormatVersion", "2");
    Failure.Misuse refused =
        assertThrows(Failure.Misuse.class, () -> GitRepository.open(folder).close());
    assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
  }

  @Test
  void objectsOfAlternatesAreRead() throws Exception {
    TestRepository origin = TestRepository.init(folder.resolve("origin"));
    origin.commit("a", "1\n");
    origin.git("clone", "-q", "--shared", ".", "../borrower");
    TestRepository borrower = TestRepository.at(folder.resolve("borrower"));
    borrower.commit("b", "2\n");
    assertSameAsGit(borrower, STORES.ingest(borrower.folder()));
  }

  @Test
  void refsThatLeadNowhereAreReportedAndTheOthersRead() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.commit("a", "1\n");
    Path broken = folder.resolve(".git/refs/heads/broken");
    Files.writeString(broken, "1234567812345678123456781234567812345678\n");
    Files.writeString(folder.resolve(".git/refs/heads/garbled"), "no object name\n");
    repository.git("tag", "of-a-blob", repository.git("rev-parse", "HEAD:a").strip());
    repository.git("symbolic-ref", "refs/heads/loop-a", "refs/heads/loop-b");
    repository.git("symbolic-ref", "refs/heads/loop-b", "refs/heads/loop-a");
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(1, ingested.summary().commits());
    assertTrue(
        ingested.letters().stream()
            .anyMatch(letter -> letter.subject().equals("refs/heads/broken")),
        ingested.letters().toString());
    assertFalse(
        ingested.letters().stream().anyMatch(letter -> letter.subject().contains("of-a-blob")));
  }

  @Test
  void annotatedAndNestedTagsLeadToTheirCommits() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    String commit = repository.commit("a", "1\n");
    repository.git("tag", "-a", "-m", "inner", "inner");
    repository.git("tag", "-a", "-m", "outer", "outer", "inner");
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of("refs/tags/inner\t" + commit, "refs/tags/outer\t" + commit),
        STORES.rows(
            "select name, encode(commit_id, 'hex') from git_ref"
                + " where repository_id = ? and kind = 'tag' order by name",
            ingested.repositoryId()));
  }

  @Test
  void aRepositoryInsideAnotherIsItsOwn() throws Exception {
    TestRepository outer = TestRepository.init(folder);
    outer.commit("a", "1\n");
    TestRepository inner = TestRepository.init(folder.resolve("inner"));
    inner.commit("b", "1\n");
    inner.commit("b", "2\n");
    assertEquals(2, STORES.ingest(inner.folder()).summary().commits());
    assertEquals(1, STORES.ingest(outer.folder()).summary().commits());
  }
}
