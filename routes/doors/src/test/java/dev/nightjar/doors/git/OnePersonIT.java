package dev.nightjar.doors.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.history.Mailmap;
import dev.nightjar.store.git.HistoryPeople;
import dev.nightjar.store.report.HistoryCursor;
import dev.nightjar.store.report.MonthLine;
import dev.nightjar.store.report.OwnershipLine;
import dev.nightjar.store.report.ReportQueries;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who is one person, in the database and in what the report and the viewer read of it. */
class OnePersonIT {
  private static final String MAILMAP = "Augusta King <king@example.org> <ada@work.example>\n";

  @RegisterExtension static final TestStores STORES = new TestStores();

  @TempDir Path folder;

  private TestRepository repository;

  /** Ada at work under two spellings, at home, and by a nickname; and Bob. */
  @BeforeEach
  void makeTheHistory() throws Exception {
    repository = TestRepository.init(folder.resolve("repository"));
    repository.as("Ada Lovelace <ada@work.example>").commit("a", "1\n");
    repository.as("ada <Ada@Work.example>").commit("a", "2\n");
    repository.as("Ada Lovelace <ada@home.example>").commit("a", "3\n");
    repository.as("Bob <bob@example.org>").commit("a", "4\n");
  }

  private static List<String> authors(long repository) {
    return STORES.rows(
        "select author, author_email, commits from public.authors where repository_id = ?"
            + " order by author",
        repository);
  }

  @Test
  void oneAddressOrOneNameIsOnePersonInEveryCount() {
    long id = STORES.ingest(repository.folder()).repositoryId();

    assertEquals(
        List.of("Ada Lovelace\tada@home.example\t3", "Bob\tbob@example.org\t1"), authors(id));
    ReportQueries queries = new ReportQueries(STORES.database());
    assertEquals(
        List.of(2), queries.months(id).stream().map(MonthLine::authors).distinct().toList());
    OwnershipLine whole = queries.owners(id, 1).getFirst();
    assertEquals("Ada Lovelace", whole.mainAuthor());
    assertEquals(0.75, whole.share());
    assertEquals(2, whole.authors());
    assertEquals(2, new HistoryCursor(STORES.database(), id, false).people().size());
    assertEquals(2, new HistoryCursor(STORES.database(), id, true).people().size());
  }

  @Test
  void whoIsOneIsKnownWhenTheSecondIdentityComesLater() throws Exception {
    long id = STORES.ingest(repository.folder()).repositoryId();
    repository.as("bob <bob@old.example>").commit("a", "5\n");
    STORES.ingest(repository.folder());
    assertEquals(3, authors(id).size(), "nothing makes them one");

    repository.as("bob <bob@example.org>").commit("a", "6\n");
    STORES.ingest(repository.folder());

    assertEquals(
        List.of(
            "Ada Lovelace\tada@home.example\t3",
            "Bob\tbob@example.org\t2",
            "bob\tbob@old.example\t1"),
        authors(id));
  }

  @Test
  void aPersonWithAnotherAddressKeepsNameAndPseudonym() throws Exception {
    long id = STORES.ingest(repository.folder()).repositoryId();
    String pseudonym = pseudonym(id, "Ada Lovelace");
    repository.as("Ada Lovelace <a@new.example>").commit("a", "5\n");

    STORES.ingest(repository.folder());

    assertEquals("Ada Lovelace\tada@home.example\t4", authors(id).getFirst());
    assertEquals(pseudonym, pseudonym(id, "Ada Lovelace"));
  }

  @Test
  void aMailmapDecidesWithoutReadingTheHistoryAgain() throws Exception {
    long id = STORES.ingest(repository.folder()).repositoryId();
    List<String> commits = commits(id);
    String pseudonym = pseudonym(id, "Ada Lovelace");

    repository.write(".mailmap", MAILMAP);
    STORES.ingest(repository.folder());
    assertEquals(
        List.of(
            "Ada Lovelace\tada@home.example\t1",
            "Augusta King\tking@example.org\t2",
            "Bob\tbob@example.org\t1"),
        authors(id));
    assertEquals(commits, commits(id), "no commit was stored anew");
    assertEquals(pseudonym, pseudonym(id, "Ada Lovelace"));
    assertNotEquals(pseudonym, pseudonym(id, "Augusta King"));

    repository.write(".mailmap", "# nobody\n");
    STORES.ingest(repository.folder());
    assertEquals(
        List.of("Ada Lovelace\tada@home.example\t3", "Bob\tbob@example.org\t1"), authors(id));
  }

  @Test
  void peopleFollowAMailmapThatChangedSinceTheIngest() {
    long id = STORES.ingest(repository.folder()).repositoryId();
    Mailmap mailmap = Mailmap.parse("Robert <bob@example.org>\n");
    HistoryPeople people = new HistoryPeople(STORES.database(), id, mailmap);

    assertTrue(people.haveMoved());
    people.settle("a test");
    assertFalse(people.haveMoved());

    assertEquals(
        List.of(
            "Ada Lovelace\tada@home.example\t1",
            "Ada Lovelace\tada@work.example\t2",
            "Robert\tbob@example.org\t1"),
        STORES.rows(
            "select author, author_email, commits from public.authors where repository_id = ?"
                + " order by author, author_email",
            id));
    assertEquals(
        List.of(
            "Ada Lovelace\tada@home.example",
            "Ada Lovelace\tada@work.example",
            "Bob\tbob@example.org",
            "ada\tAda@Work.example"),
        STORES.rows(
            "select name, email from git_identity where repository_id = ?"
                + " order by name collate \"C\", email",
            id),
        "identities stay as they were recorded");
  }

  private static List<String> commits(long id) {
    return STORES.rows(
        "select commit_number, encode(commit_id, 'hex'), author_identity_id from git_commit"
            + " where repository_id = ? order by 1",
        id);
  }

  private static String pseudonym(long id, String author) {
    return STORES.value(
        "select pseudonym from public.authors where repository_id = ? and author = ?", id, author);
  }
}
