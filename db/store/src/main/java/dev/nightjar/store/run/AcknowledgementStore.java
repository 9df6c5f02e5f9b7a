package dev.nightjar.store.run;

import dev.nightjar.model.Benchmark;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.StoredText;
import dev.nightjar.store.sql.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The words of people who have accepted findings, as they were heeded last. */
public final class AcknowledgementStore {
  private static final String BENCHMARKS_OF_RUN =
      "(select benchmark_id from verdict join series using (series_id) where run_id = ?)";

  private final Connections database;

  public AcknowledgementStore(Connections database) {
    this.database = database;
  }

  /**
   * A benchmark of which a bad verdict is accepted.
   *
   * @param until when that ends
   */
  public record Accepted(Benchmark benchmark, String reason, Instant until) {}

  /** Keeps what is accepted of a run's benchmarks, in place of what was accepted of them before. */
  public void put(UUID runId, List<Accepted> accepted) {
    database.inTransaction(
        "storing the acknowledgements",
        connection -> {
          try (PreparedStatement withdrawn =
              connection.prepareStatement(
                  "delete from acknowledgement where benchmark_id in " + BENCHMARKS_OF_RUN)) {
            withdrawn.setObject(1, runId);
            withdrawn.executeUpdate();
          }
          return insert(connection, runId, accepted);
        });
  }

  private static int[] insert(Connection connection, UUID runId, List<Accepted> accepted)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into acknowledgement (benchmark_id, reason, expires_at)"
                + " select benchmark_id, ?, ? from benchmark"
                + " where suite = ? and name = ? and metric = ? and benchmark_id in "
                + BENCHMARKS_OF_RUN
                + " on conflict do nothing")) {
      for (Accepted one : accepted) {
        String suite = one.benchmark().suite();
        statement.setString(1, StoredText.of(one.reason()));
        statement.setObject(2, UtcTime.of(one.until()));
        statement.setString(3, suite == null ? "" : suite);
        statement.setString(4, one.benchmark().name());
        statement.setString(5, one.benchmark().metric());
        statement.setObject(6, runId);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }
}
