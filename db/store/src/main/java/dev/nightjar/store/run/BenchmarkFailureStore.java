package dev.nightjar.store.run;

import dev.nightjar.model.Device;
import dev.nightjar.store.sample.SeriesRows;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Benchmarks that failed in a run, kept so that the judge knows them after a restart too. */
public final class BenchmarkFailureStore {
  private final Connections database;

  public BenchmarkFailureStore(Connections database) {
    this.database = database;
  }

  /** Keeps that a benchmark failed; what was kept of it before is replaced. */
  public void put(UUID runId, BenchmarkFailure failure) {
    database.inTransaction(
        "storing a failed benchmark", connection -> put(connection, runId, List.of(failure)));
  }

  static int[] put(Connection connection, UUID runId, List<BenchmarkFailure> failures)
      throws SQLException {
    String sql =
        "insert into benchmark_failure (run_id, suite, name, parameters, device, reason)"
            + " values (?, ?, ?, ?::jsonb, ?, ?)"
            + " on conflict (run_id, suite, name, parameters, device)"
            + " do update set reason = excluded.reason";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (BenchmarkFailure failure : failures) {
        String suite = failure.suite();
        statement.setObject(1, runId);
        statement.setString(2, suite == null ? "" : suite);
        statement.setString(3, failure.name());
        statement.setString(4, SeriesRows.json(failure.parameters()));
        Device device = failure.device();
        statement.setString(5, device == null ? null : device.label());
        statement.setString(6, StoredText.of(failure.reason()));
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /**
   * Forgets the failures of a benchmark that is tried again in a run, and of what it gives below
   * its name.
   */
  public void clear(UUID runId, @Nullable String suite, String name) {
    database.inTransaction(
        "forgetting a failed benchmark",
        connection -> {
          String sql =
              "delete from benchmark_failure"
                  + " where run_id = ? and suite = ? and (name = ? or starts_with(name, ?))";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            statement.setString(2, suite == null ? "" : suite);
            statement.setString(3, name);
            statement.setString(4, name + "/");
            return statement.executeUpdate();
          }
        });
  }

  /** A run's failed benchmarks, by suite and name. */
  public List<BenchmarkFailure> of(UUID runId) {
    return database.read(
        "reading the failed benchmarks",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select suite, name, parameters::text, device, reason from benchmark_failure"
                      + " where run_id = ? order by 1, 2, 3, 4")) {
            statement.setObject(1, runId);
            List<BenchmarkFailure> failures = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                String suite = row.getString(1);
                String device = row.getString(4);
                failures.add(
                    new BenchmarkFailure(
                        suite.isEmpty() ? null : suite,
                        row.getString(2),
                        SeriesRows.parameters(row.getString(3)),
                        device == null ? null : Device.of(device),
                        row.getString(5)));
              }
            }
            return failures;
          }
        });
  }
}
