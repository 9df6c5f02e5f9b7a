package dev.nightjar.store.sample;

import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which samples were disturbed, kept with their runs. */
public final class DisturbanceStore {
  private final Connections database;

  public DisturbanceStore(Connections database) {
    this.database = database;
  }

  /** Keeps a run's disturbed samples in place of those that were kept. */
  public void put(UUID runId, long repositoryId, long hostId, List<DisturbedSample> disturbed) {
    database.inTransaction(
        "storing the disturbed samples",
        connection ->
            put(connection, new SeriesRows(connection, repositoryId, hostId), runId, disturbed));
  }

  public static int[] put(
      Connection connection, SeriesRows series, UUID runId, List<DisturbedSample> disturbed)
      throws SQLException {
    series.with(disturbed.stream().map(DisturbedSample::series));
    try (PreparedStatement delete =
        connection.prepareStatement("delete from sample_disturbance where run_id = ?")) {
      delete.setObject(1, runId);
      delete.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into sample_disturbance (run_id, series_id, ordinal, weight, causes)"
                + " values (?, ?, ?, ?, ?)")) {
      for (DisturbedSample sample : disturbed) {
        statement.setObject(1, runId);
        statement.setLong(2, series.id(sample.series()));
        statement.setInt(3, sample.ordinal());
        statement.setDouble(4, sample.weight());
        statement.setString(5, StoredText.of(sample.causes()));
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /** A run's disturbed samples, by series and ordinal. */
  public List<DisturbedSample> of(UUID runId) {
    return database.read(
        "reading the disturbed samples",
        connection -> {
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + ", ordinal, weight, causes from sample_disturbance"
                  + " join series using (series_id) join benchmark using (benchmark_id)"
                  + " where run_id = ? order by series_id, ordinal";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            List<DisturbedSample> disturbed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                disturbed.add(
                    new DisturbedSample(
                        SeriesRows.series(row, 1),
                        row.getInt(8),
                        row.getDouble(9),
                        row.getString(10)));
              }
            }
            return disturbed;
          }
        });
  }
}
