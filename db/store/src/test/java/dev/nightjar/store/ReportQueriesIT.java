package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.store.report.FindingLine;
import dev.nightjar.store.report.ReportQueries;
import dev.nightjar.store.run.RunStore;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a report reads, against a real server. */
class ReportQueriesIT {
  @RegisterExtension static final SharedStores.Access ACCESS = SharedStores.access();

  private static UUID run(Instant startedAt) {
    RunStore runs = ACCESS.database().runs();
    long repository =
        runs.repository(
            new RepositoryFacts("/findings", "findings", "sha1", "main", "main", null, false),
            Optional.empty());
    long host = runs.host(new Host("findings", "owl", new TreeMap<>()));
    UUID id = UuidV7.at(startedAt);
    runs.begin(
        new Run(
            id,
            "nightly",
            repository,
            host,
            null,
            null,
            RunState.RUNNING,
            startedAt,
            null,
            "0.1.0"),
        "{}");
    return id;
  }

  private static void find(UUID run, Instant at, int ordinal, String question) {
    UUID session = UuidV7.at(at);
    ACCESS
        .database()
        .inTransaction(
            "storing a finding",
            connection -> {
              try (PreparedStatement insert =
                  connection.prepareStatement(
                      "with session as (insert into research_session values (?, ?, ?::timestamptz)"
                          + " returning session_id) insert into research_finding"
                          + " select session_id, ?, ?, 'It did.', '[{\"title\": \"a commit\"}]'"
                          + " from session")) {
                insert.setObject(1, session);
                insert.setObject(2, run);
                insert.setString(3, at.toString());
                insert.setInt(4, ordinal);
                insert.setString(5, question);
                return insert.executeUpdate();
              }
            });
  }

  @Test
  void readsWhatResearchFoundInTheRunAndInNoOther() {
    Instant now = Instant.parse("2026-11-28T02:00:00Z");
    UUID run = run(now);
    UUID other = run(now.plusSeconds(60));
    find(run, now.plusSeconds(9), 0, "second?");
    find(run, now.plusSeconds(5), 0, "first?");
    find(other, now.plusSeconds(70), 0, "not asked here");

    List<FindingLine> findings = new ReportQueries(ACCESS.database()).findings(run);

    assertEquals(
        List.of("first?", "second?"), findings.stream().map(FindingLine::question).toList());
    assertEquals(
        new FindingLine("first?", "It did.", "[{\"title\": \"a commit\"}]"), findings.getFirst());
  }
}
