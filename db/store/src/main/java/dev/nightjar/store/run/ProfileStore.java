package dev.nightjar.store.run;

import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import dev.nightjar.model.profile.ProfiledBy;
import dev.nightjar.store.sql.ArrayRows;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Profiles of two versions, kept with the run whose verdicts they explain. */
public final class ProfileStore {
  private static final String[] FUNCTION_TYPES = {
    "int4", "text", "text", "text", "int4", "int4", "float8", "float8", "float8", "float8",
    "float8", "float8"
  };

  private final Connections database;

  public ProfileStore(Connections database) {
    this.database = database;
  }

  /**
   * Keeps a run's profiles in place of those it had.
   *
   * @param baseCommit what the run's own was compared with, in hex
   */
  public void put(UUID runId, String baseCommit, List<DifferentialProfile> profiles) {
    database.inTransaction(
        "storing the profiles",
        connection -> {
          delete(connection, runId);
          for (DifferentialProfile profile : profiles) {
            put(connection, runId, baseCommit, profile);
            putFunctions(connection, runId, profile);
          }
          return profiles.size();
        });
  }

  private static void delete(Connection connection, UUID runId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from profile where run_id = ?")) {
      delete.setObject(1, runId);
      delete.executeUpdate();
    }
  }

  private static void put(
      Connection connection, UUID runId, String baseCommit, DifferentialProfile profile)
      throws SQLException {
    String sql =
        "insert into profile (run_id, benchmark, profiler, base_commit, before, after, explanation,"
            + " named, file, line, notes, flame)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)";
    @Nullable NamedFunction named = profile.named().orElse(null);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, runId);
      statement.setString(2, profile.benchmark());
      statement.setString(3, profile.profiler().word());
      statement.setString(4, baseCommit);
      statement.setDouble(5, profile.total().before());
      statement.setDouble(6, profile.total().after());
      statement.setString(7, named == null ? null : StoredText.of(named.sentence()));
      statement.setObject(8, named == null ? null : profile.functions().indexOf(named.function()));
      statement.setString(9, named == null ? null : StoredText.orNull(named.file()));
      statement.setObject(10, named == null ? null : named.line());
      statement.setString(11, FlameJson.texts(profile.notes()));
      statement.setString(12, FlameJson.of(profile.flame()));
      statement.executeUpdate();
    }
  }

  private static void putFunctions(Connection connection, UUID runId, DifferentialProfile profile)
      throws SQLException {
    String sql =
        "insert into profile_function (run_id, benchmark, ordinal, name, object, file, first_line,"
            + " last_line, self_before, self_after, inclusive_before, inclusive_after, share,"
            + " confidence) select ?, ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, runId);
      statement.setString(2, profile.benchmark());
      ArrayRows rows = new ArrayRows(connection, statement, 3, FUNCTION_TYPES);
      int ordinal = 0;
      for (FunctionDifference one : profile.functions()) {
        rows.row(
            ordinal++,
            StoredText.of(one.function().name()),
            StoredText.of(one.function().object()),
            StoredText.orNull(one.function().file()),
            one.line(),
            one.lastLine(),
            one.self().before(),
            one.self().after(),
            one.inclusive().before(),
            one.inclusive().after(),
            one.share(),
            one.confidence());
      }
      rows.end();
    }
  }

  /** The profiles of a run, by benchmark. */
  public List<DifferentialProfile> of(UUID runId) {
    return database.read(
        "reading the profiles",
        connection -> {
          String sql =
              "select benchmark, profiler, before, after, explanation, named, file, line,"
                  + " notes::text, flame::text from profile where run_id = ? order by benchmark";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            List<DifferentialProfile> profiles = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                profiles.add(profile(row, functions(connection, runId, row.getString(1))));
              }
            }
            return profiles;
          }
        });
  }

  private static DifferentialProfile profile(ResultSet row, List<FunctionDifference> functions)
      throws SQLException {
    String explanation = row.getString(5);
    int ordinal = row.getInt(6);
    boolean isNamed = explanation != null && ordinal >= 0 && ordinal < functions.size();
    Optional<NamedFunction> named =
        isNamed
            ? Optional.of(
                new NamedFunction(
                    functions.get(ordinal), row.getString(7), number(row, 8), explanation))
            : Optional.empty();
    return new DifferentialProfile(
        row.getString(1),
        ProfiledBy.of(row.getString(2)),
        new CostChange(row.getDouble(3), row.getDouble(4)),
        named,
        functions,
        FlameJson.read(row.getString(10)),
        FlameJson.readTexts(row.getString(9)));
  }

  private static List<FunctionDifference> functions(
      Connection connection, UUID runId, String benchmark) throws SQLException {
    String sql =
        "select name, object, file, first_line, last_line, self_before, self_after,"
            + " inclusive_before, inclusive_after, share, confidence from profile_function"
            + " where run_id = ? and benchmark = ? order by ordinal";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, runId);
      statement.setString(2, benchmark);
      List<FunctionDifference> functions = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          functions.add(function(row));
        }
      }
      return functions;
    }
  }

  private static FunctionDifference function(ResultSet row) throws SQLException {
    double confidence = row.getDouble(11);
    boolean isCounted = row.wasNull();
    return new FunctionDifference(
        new CodeFunction(row.getString(1), row.getString(2), row.getString(3)),
        number(row, 4),
        number(row, 5),
        new CostChange(row.getDouble(6), row.getDouble(7)),
        new CostChange(row.getDouble(8), row.getDouble(9)),
        row.getDouble(10),
        isCounted ? null : confidence);
  }

  private static @Nullable Integer number(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
