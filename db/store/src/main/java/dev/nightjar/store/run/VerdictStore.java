package dev.nightjar.store.run;

import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.sample.SeriesRows;
import dev.nightjar.store.sql.ArrayRows;
import dev.nightjar.store.sql.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Verdicts: what was said of each series in each run. */
public final class VerdictStore {
  /** Behind the run's identifier. */
  private static final String[] COLUMN_TYPES = {
    "int8", "text", "float8", "float8", "float8", "float8", "text", "text", "text"
  };

  private final Connections database;

  public VerdictStore(Connections database) {
    this.database = database;
  }

  /** Keeps a run's verdicts in place of those it had. */
  public void put(UUID runId, long repositoryId, long hostId, List<Verdict> verdicts) {
    database.inTransaction(
        "storing the verdicts",
        connection -> {
          delete(connection, runId);
          SeriesRows series =
              new SeriesRows(connection, repositoryId, hostId)
                  .with(verdicts.stream().map(Verdict::series));
          String sql =
              "insert into verdict (run_id, series_id, verdict, effect, effect_low, effect_high,"
                  + " confidence, baseline, evidence, suspected_cause)"
                  + " select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            ArrayRows rows = new ArrayRows(connection, statement, 2, COLUMN_TYPES);
            for (Verdict verdict : verdicts) {
              rows.row(
                  series.id(verdict.series()),
                  verdict.kind().word(),
                  verdict.effect(),
                  verdict.effectLow(),
                  verdict.effectHigh(),
                  verdict.confidence(),
                  verdict.baseline(),
                  verdict.evidence(),
                  verdict.suspectedCause());
            }
            return rows.end();
          }
        });
  }

  private static void delete(Connection connection, UUID runId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from verdict where run_id = ?")) {
      delete.setObject(1, runId);
      delete.executeUpdate();
    }
  }

  /** The verdicts of a run, by series. */
  public List<Verdict> of(UUID runId) {
    return database.read(
        "reading the verdicts",
        connection -> {
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + ", verdict, effect, effect_low, effect_high, confidence, baseline, evidence,"
                  + " suspected_cause from verdict join series using (series_id)"
                  + " join benchmark using (benchmark_id) where run_id = ? order by series_id";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            List<Verdict> verdicts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                verdicts.add(verdict(row));
              }
            }
            return verdicts;
          }
        });
  }

  private static Verdict verdict(ResultSet row) throws SQLException {
    return new Verdict(
        SeriesRows.series(row, 1),
        VerdictKind.of(row.getString(8)),
        number(row, 9),
        number(row, 10),
        number(row, 11),
        number(row, 12),
        row.getString(13),
        row.getString(14),
        row.getString(15));
  }

  private static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }
}
