package dev.nightjar.doors.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.git.TestStores.Ingested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the public views say of a small history, worked out by hand.
 *
 * <p>Eight commits of people. Seven are of one moment, where a change weighs a half: the first
 * three change {@code src/a} and {@code src/b} (Ada, Ada, Bob), the fourth README (Bob), three
 * {@code docs/x} (Eve, Bob, Ada). One, by Ada, is ninety days younger and changes {@code src/a}
 * alone; so is one by a program, to {@code lock}.
 */
class AnalysisViewsIT {
  private static final long EARLIER = 1_700_000_000L; // 14 November 2023
  private static final long LATER = EARLIER + Duration.ofDays(90).toSeconds();

  @RegisterExtension static final TestStores STORES = new TestStores();

  @TempDir Path folder;

  private TestRepository repository;

  @BeforeEach
  void makeTheHistory() throws Exception {
    repository = TestRepository.init(folder.resolve("repository"));
    ada().write("src/a", "1\n2\n").write("src/b", "1\n");
    commitAt(EARLIER);
    ada().write("src/a", "1\n2\n3\n").write("src/b", "1\n2\n");
    commitAt(EARLIER);
    bob().write("src/a", "1\n2\n3\n4\n").write("src/b", "1\n2\n3\n");
    commitAt(EARLIER);
    bob().write("README", "1\n");
    commitAt(EARLIER);
    repository.as("Eve <eve@example.org>").write("docs/x", "1\n");
    commitAt(EARLIER);
    bob().write("docs/x", "2\n");
    commitAt(EARLIER);
    ada().write("docs/x", "3\n");
    commitAt(EARLIER);
    ada().write("src/a", "1\n2\n3\n4\n5\n");
    commitAt(LATER);
    repository.as("renovate[bot] <renovate@example.org>").write("lock", "1\n");
    commitAt(LATER);
  }

  private TestRepository ada() {
    return repository.as("Ada <ada@example.org>");
  }

  private TestRepository bob() {
    return repository.as("Bob <bob@example.org>");
  }

  private void commitAt(long second) throws Exception {
    repository.atSecond(second).commit("x");
  }

  private static List<String> view(String columns, String view, Ingested ingested) {
    return STORES.rows(
        "select " + columns + " from " + view + " where repository_id = ? order by 1, 2",
        ingested.repositoryId());
  }

  @Test
  void hotspotsWeighChangesByAgeAndPeoplesBySize() {
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of(
            // path, changes, authors, +, -, score, by programs, recent lines, size, heat * 1024
            "README\t1\t1\t1\t0\t0.5\t0\t0.5\t2\t1",
            "docs/x\t3\t3\t3\t2\t1.5\t0\t2.5\t2\t3",
            "lock\t1\t1\t1\t0\t1\t1\t-\t2\t-",
            "src/a\t4\t2\t5\t0\t2.5\t0\t3\t10\t25",
            "src/b\t3\t2\t3\t0\t1.5\t0\t1.5\t6\t9"),
        view(
            "path, changes, authors, lines_added, lines_deleted, score, bot_changes, recent_lines,"
                + " size_bytes, heat * 1024",
            "hotspots",
            ingested));
  }

  @Test
  void whatIsGoneHasNoHeat() throws Exception {
    repository.git("rm", "-q", "src/b");
    commitAt(LATER);
    Ingested ingested = STORES.ingest(repository.folder());
    assertTrue(view("path, size_bytes, heat", "hotspots", ingested).contains("src/b\t-\t-"));
    assertEquals(
        List.of("src/a\tsrc/b\tf"), view("path, other_path, is_at_head", "co_changes", ingested));
    assertEquals(
        List.of("README", "docs/x", "lock", "src/a"),
        view("path, 1", "code_age", ingested).stream().map(row -> row.split("\t")[0]).toList());
  }

  @Test
  void coChangesHaveTheRatioOfTheirTable() {
    Ingested ingested = STORES.ingest(repository.folder());
    // Of 8 commits of people 3 change both, 1 only src/a, none only src/b, 4 neither.
    assertEquals(
        List.of("src/a\tsrc/b\t3\t4\t3\t8\t0.75\t6.0863\tt"),
        view(
            "path, other_path, together, changes, other_changes, commits, degree,"
                + " round(log_likelihood_ratio::numeric, 4), is_at_head",
            "co_changes",
            ingested));
    double byExpectation =
        2
            * (3 * Math.log(3 / (4 * 3 / 8.0))
                + 1 * Math.log(1 / (4 * 5 / 8.0))
                + 4 * Math.log(4 / (4 * 5 / 8.0)));
    assertEquals(6.0863, byExpectation, 0.0001);
  }

  @Test
  void commitsOfVeryManyFilesCoupleNothing() throws Exception {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 31; i++) {
        ada().write("many/" + i, round + "\n");
      }
      commitAt(LATER);
    }
    assertEquals(
        1, view("path, other_path", "co_changes", STORES.ingest(repository.folder())).size());
  }

  @Test
  void ownershipOfTheWholeAndOfFolders() {
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of(
            // part, files, changes, authors, main author, of the changes, minor, bus factor
            "/\t4\t11\t3\tAda\t0.5455\t0\t1",
            "docs/\t1\t3\t3\t%s\t0.3333\t0\t2".formatted(firstOfDocs(ingested)),
            "src/\t2\t7\t2\tAda\t0.7143\t0\t1"),
        view(
            "part, files, changes, authors, main_author, round(main_share::numeric, 4),"
                + " minor_authors, bus_factor",
            "ownership",
            ingested));
  }

  /** All three have one change, so whoever came in first is named. */
  private static String firstOfDocs(Ingested ingested) {
    return STORES.value(
        "select author from authors where repository_id = ? and not is_bot order by person_id limit 1",
        ingested.repositoryId());
  }

  @Test
  void codeAgeCountsFromTheNewestCommit() {
    assertEquals(
        List.of(
            "README\t2\t1\t90",
            "docs/x\t2\t3\t90",
            "lock\t2\t1\t0",
            "src/a\t10\t4\t0",
            "src/b\t6\t3\t90"),
        view(
            "path, size_bytes, changes, idle_days",
            "code_age",
            STORES.ingest(repository.folder())));
  }

  @Test
  void aCommitFromTheFutureMovesNoAge() throws Exception {
    ada().write("README", "2\n");
    commitAt(7_258_118_400L); // the year 2200
    Ingested ingested = STORES.ingest(repository.folder());
    assertTrue(view("path, idle_days", "code_age", ingested).contains("src/b\t90"));
    assertTrue(view("path, score", "hotspots", ingested).contains("README\t1.5"));
  }

  @Test
  void authorsOverTimeWithProgramsApart() {
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of("2023-11-01\t3\t3\t7\t0\t0", "2024-02-01\t1\t0\t1\t1\t1"),
        view(
            "month, authors, new_authors, commits, bots, bot_commits",
            "authors_by_month",
            ingested));
    assertEquals(
        List.of("Ada\tf\t4\t0", "Bob\tf\t3\t0", "Eve\tf\t1\t0", "renovate[bot]\tt\t1\t0"),
        view("author, is_bot, commits, merges", "authors", ingested));
  }

  @Test
  void pseudonymsStayTheSameAndTellNothing() throws Exception {
    Ingested ingested = STORES.ingest(repository.folder());
    List<String> first = view("author, pseudonym", "authors", ingested);
    assertTrue(first.getFirst().matches("Ada\tContributor [0-9a-f]{10}"), first.toString());
    assertNotEquals(first.get(0).split("\t")[1], first.get(1).split("\t")[1]);
    assertEquals("renovate[bot]\trenovate[bot]", first.get(3));

    repository.git("clone", "-q", "--bare", ".", "../clone.git");
    Ingested again = STORES.ingest(folder.resolve("clone.git"));
    assertEquals(first, view("author, pseudonym", "authors", again));
  }

  @Test
  void programsAreToldByTheirNames() {
    assertEquals(
        "t\tt\tt\tt\tt\tt",
        STORES.value(
            "select is_bot('dependabot[bot]', ''), is_bot('x', '1+y[bot]@users.noreply.github.com'),"
                + " is_bot('Build Bot', ''), is_bot('Renovate', 'a@b'), is_bot('x', 'ci-bot@b'),"
                + " is_bot('GitHub Actions', '')"));
    assertEquals(
        "f\tf\tf\tf",
        STORES.value(
            "select is_bot('Ann Abbot', 'abbot@b'), is_bot('Talbot', 't@b'), is_bot('', ''),"
                + " is_bot('Robot Lover', 'robots@b')"));
  }

  @Test
  void whatAForcedPushLeavesBehindIsNotCounted() throws Exception {
    STORES.ingest(repository.folder());
    repository.git("reset", "-q", "--hard", "HEAD~2");
    Ingested ingested = STORES.ingest(repository.folder());
    assertEquals(
        List.of("README\t1\t1", "docs/x\t3\t3", "src/a\t3\t3", "src/b\t3\t3"),
        view("path, changes, score", "hotspots", ingested),
        "the newest commit is of the same moment now, so each change weighs one");
    assertEquals(
        List.of("refs/heads/main\t2\t1"),
        view("ref, movements, forced_movements", "branches", ingested));
    assertEquals(
        List.of("refs/heads/main\tf", "refs/heads/main\tt"),
        STORES.rows(
            "select ref, is_forced from ref_movements where repository_id = ?"
                + " and ref = 'refs/heads/main' order by is_forced",
            ingested.repositoryId()));
    assertEquals(3, view("author, 1", "authors", ingested).size(), "the program is forgotten");
  }

  @Test
  void mergesByMonth() throws Exception {
    ada();
    for (String branch : List.of("left", "middle", "right")) {
      repository.git("checkout", "-q", "-b", branch, "main");
      repository.write(branch, "1\n");
      commitAt(LATER);
    }
    repository.git("checkout", "-q", "main");
    repository.atSecond(LATER).git("merge", "-q", "--no-ff", "-m", "two", "left");
    repository.atSecond(LATER).git("merge", "-q", "--no-ff", "-m", "three", "middle", "right");
    assertEquals(
        List.of("2024-02-01\t2\t1\t3\t1"),
        view(
            "month, merges, octopus_merges, merged_parents, mergers",
            "merges_by_month",
            STORES.ingest(repository.folder())));
  }

  @Test
  void aPersonWhoMayOnlyReadTheViewsCanReadAllOfThem() {
    STORES.ingest(repository.folder());
    for (String view :
        List.of(
            "hotspots",
            "co_changes",
            "ownership",
            "code_age",
            "authors",
            "authors_by_month",
            "branches",
            "ref_movements",
            "merges_by_month",
            "commit_activity")) {
      var result =
          STORES.database().queries().run("select * from " + view, Duration.ofSeconds(20), 10);
      assertTrue(result.columns().size() > 3, view);
    }
  }

  @Test
  void repositoriesOfOneNameAreKeptApart() throws Exception {
    Ingested first = STORES.ingest(repository.folder());
    TestRepository other = TestRepository.init(folder.resolve("elsewhere/repository"));
    other.commit("alone", "1\n");
    Ingested second = STORES.ingest(other.folder());
    assertEquals(List.of("alone\t1"), view("path, changes", "hotspots", second));
    assertEquals(5, view("path, changes", "hotspots", first).size());
  }
}
