package dev.nightjar.store.sample;

import dev.nightjar.model.Series;
import dev.nightjar.store.sql.ArrayRows;
import dev.nightjar.store.sql.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/** Series of which nobody says which way is better, kept with their runs. */
public final class AssumedDirectionStore {
  private final Connections database;

  public AssumedDirectionStore(Connections database) {
    this.database = database;
  }

  /** Adds to those of a run. */
  public void put(UUID runId, long repositoryId, long hostId, Set<Series> assumed) {
    database.inTransaction(
        "storing assumed directions",
        connection ->
            put(connection, new SeriesRows(connection, repositoryId, hostId), runId, assumed));
  }

  public static int put(Connection connection, SeriesRows series, UUID runId, Set<Series> assumed)
      throws SQLException {
    series.with(assumed.stream());
    String sql =
        "insert into assumed_direction (run_id, series_id) select ?, * from unnest(?)"
            + " on conflict do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, runId);
      ArrayRows rows = new ArrayRows(connection, statement, 2, "bigint");
      for (Series one : assumed) {
        rows.row(series.id(one));
      }
      return rows.end();
    }
  }

  /** Those of a run. */
  public Set<Series> of(UUID runId) {
    return database.read(
        "reading assumed directions",
        connection -> {
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + SeriesRows.FROM
                  + " join assumed_direction using (series_id) where run_id = ?";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            return SeriesRows.all(statement);
          }
        });
  }
}
