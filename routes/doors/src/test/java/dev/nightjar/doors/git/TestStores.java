package dev.nightjar.doors.git;

import dev.nightjar.doors.Doors;
import dev.nightjar.doors.Ingest;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Embedded stores for all tests of a JVM, and what tests ask of them; stopped at the end. */
final class TestStores implements BeforeAllCallback {
  private static final ExtensionContext.Namespace PLACE =
      ExtensionContext.Namespace.create(TestStores.class);

  private @Nullable Open open;

  /** The stores, open until the last test has run. */
  private static final class Open implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "test-stores").toAbsolutePath();
    private static final StoreSettings SETTINGS =
        new StoreSettings(
            StoreSettings.EMBEDDED,
            StoreSettings.EMBEDDED,
            FOLDER.resolve(System.getProperty("nightjar.test.data", "data")),
            FOLDER.resolve("cache"),
            Duration.ofMinutes(10));

    private final Stores stores = Stores.open(SETTINGS);
    private final Doors doors = new Doors();

    @Override
    public void close() {
      doors.close();
      stores.close();
      Stores.embedded(SETTINGS).stop(true);
    }
  }

  /** What came of an ingest. */
  record Ingested(long repositoryId, Run run, GitIngestSummary summary, List<DeadLetter> letters) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    open =
        context.getRoot().getStore(PLACE).computeIfAbsent("stores", key -> new Open(), Open.class);
  }

  Database database() {
    return Objects.requireNonNull(open).stores.database();
  }

  /** Ingests as a run does: down the route, with the letters kept. */
  Ingested ingest(Path folder) {
    return ingest(folder, GitIngestProgress.NONE);
  }

  Ingested ingest(Path folder, GitIngestProgress progress) {
    try (GitRepository repository = GitRepository.open(folder)) {
      long id = repositoryId(repository.facts());
      Run run = beginRun(id);
      GitIngestSummary summary = door(run).git(repository, id, progress);
      database().runs().finish(run.id(), RunState.COMPLETED);
      return new Ingested(id, run, summary, database().deadLetters().of(run.id()));
    }
  }

  /** The door of a run, which nobody watches. */
  Ingest door(Run run) {
    return Objects.requireNonNull(open).doors.ingest(database(), Optional.empty(), run.id());
  }

  long repositoryId(RepositoryFacts facts) {
    return database().runs().repository(facts, Optional.empty());
  }

  Run beginRun(long repositoryId) {
    Host host = new Host("test", "test", new TreeMap<>());
    Run run =
        new Run(
            UuidV7.next(),
            "ingest",
            repositoryId,
            database().runs().host(host),
            null,
            null,
            RunState.RUNNING,
            Instant.now(),
            null,
            "test");
    database().runs().begin(run, "{}");
    return run;
  }

  /** The rows of a query, columns joined by tabs, null as a dash. */
  List<String> rows(String sql, Object... parameters) {
    return database()
        .read(
            "asking in a test",
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                  statement.setObject(i + 1, parameters[i]);
                }
                List<String> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                  while (row.next()) {
                    StringJoiner cells = new StringJoiner("\t");
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                      cells.add(Objects.requireNonNullElse(row.getString(i), "-"));
                    }
                    rows.add(cells.toString());
                  }
                }
                return rows;
              }
            });
  }

  String value(String sql, Object... parameters) {
    return rows(sql, parameters).getFirst();
  }

  /** The stored changes of a repository, written as {@link TestRepository#changes} writes them. */
  Set<String> changes(long repositoryId) {
    return new TreeSet<>(
        rows(
            "select encode(commit_id, 'hex'), lines_added, lines_deleted,"
                + " convert_from(coalesce(old_path_bytes, convert_to(old_path, 'UTF8'), path_bytes,"
                + "   convert_to(path, 'UTF8')), 'LATIN1'),"
                + " convert_from(coalesce(path_bytes, convert_to(path, 'UTF8')), 'LATIN1')"
                + " from file_change where repository_id = ?",
            repositoryId));
  }

  /** Counts by kind of listing. */
  Map<String, Long> listings(long repositoryId) {
    Map<String, Long> counts = new HashMap<>();
    rows(
            "select listing, count(*) from git_commit where repository_id = ? group by 1",
            repositoryId)
        .forEach(row -> counts.put(row.split("\t")[0], Long.valueOf(row.split("\t")[1])));
    return counts;
  }
}
