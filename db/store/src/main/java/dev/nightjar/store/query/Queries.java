package dev.nightjar.store.query;

import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.ReaderLogin;
import dev.nightjar.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Parser;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Answers one read-only statement of a person's.
 *
 * <p>It runs as a role that may read the public views and nothing else, in a read-only transaction,
 * with a time limit that both ends enforce; where there is no such role, it does not run. One
 * statement at a time: a second one could undo what the first was bound by.
 */
public final class Queries {
  private static final Set<String> READING =
      Set.of("select", "with", "values", "table", "explain", "show");

  /** So that neither many rows nor a few wide ones take all the memory before they are counted. */
  private static final int ROWS_AT_ONCE = 200;

  private static final long ANSWER_BYTES_MAX = 256 << 20;
  private static final String BYTES_AT_ONCE_MAX = "32M";
  private static final int CELL_OVERHEAD_BYTES = 56;

  /** Nothing of a statement's is wrong with these: the server, its disk or the way to it is. */
  private static final Set<String> CLASSES_OF_THE_SERVER =
      Set.of("08", "28", "3D", "40", "53", "57", "58", "F0");

  private static final String TOO_LARGE =
      "the answer is larger than this process may keep in memory: ask for fewer rows or columns, or"
          + " let the query sum them up.";

  private static final String CANCELLED = "57014";
  private static final String LIMIT_EXCEEDED = "53400";

  private final Connections database;
  private final Supplier<ReaderLogin> reader;

  public Queries(Connections database, Supplier<ReaderLogin> reader) {
    this.database = database;
    this.reader = reader;
  }

  /**
   * Runs a person's statement.
   *
   * @param sql one SELECT, WITH, VALUES, TABLE, EXPLAIN or SHOW
   * @param limit after this it is cancelled
   * @param mostRows how many rows to give at the most; at least 1
   * @throws Failure.Misuse when the statement is wrong, or takes too long
   * @throws Failure.Unavailable when no role is there that confines it
   */
  public QueryResult run(String sql, Duration limit, int mostRows) {
    requireOneReadingStatement(sql);
    ReaderLogin login = reader.get();
    String place = database.address().place();
    return run(() -> ReaderSession.open(source(limit), login, place), sql, limit, mostRows);
  }

  /** Runs a statement that Nightjar brings along, and that needs no confining. */
  public QueryResult runOurs(String sql, Duration limit, int mostRows) {
    return run(() -> source(limit).getConnection(), sql, limit, mostRows);
  }

  /** How a statement's connection is had. */
  private interface Entrance {
    Connection open() throws SQLException;
  }

  private QueryResult run(Entrance entrance, String sql, Duration limit, int mostRows) {
    try (Connection connection = entrance.open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout((int) Math.max(1, limit.toSeconds() + 1));
        statement.setMaxRows(mostRows + 1);
        statement.setFetchSize(ROWS_AT_ONCE);
        try (ResultSet rows = statement.executeQuery(sql)) {
          return result(rows, mostRows);
        }
      } finally {
        if (!connection.isClosed()) { // as the driver does with an answer that is too large
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw failure(e, limit);
    }
  }

  private static void requireOneReadingStatement(String sql) {
    int statements;
    try {
      statements = Parser.parseJdbcSql(sql, true, false, true, false, false).size();
    } catch (SQLException e) {
      throw new Failure.Misuse("the query cannot be read: " + e.getMessage(), e);
    }
    if (statements != 1) {
      throw new Failure.Misuse("the query holds " + statements + " statements: give one.");
    }
    String first = LeadingComments.skip(sql).split("\\W", 2)[0].toLowerCase(Locale.ROOT);
    if (!READING.contains(first)) {
      throw new Failure.Misuse(
          "a query begins with SELECT, WITH, VALUES, TABLE, EXPLAIN or SHOW, not with '"
              + first
              + "': nothing can be changed here.");
    }
  }

  private PGSimpleDataSource source(Duration limit) {
    PGSimpleDataSource source = database.address().connections();
    source.setApplicationName("nightjar query");
    source.setMaxResultBuffer(BYTES_AT_ONCE_MAX);
    source.setOptions(
        "-c statement_timeout=%d -c TimeZone=UTC -c search_path=public"
            .formatted(limit.toMillis()));
    return source;
  }

  private static QueryResult result(ResultSet rows, int mostRows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    List<QueryResult.Column> columns = new ArrayList<>();
    for (int column = 1; column <= meta.getColumnCount(); column++) {
      columns.add(new QueryResult.Column(meta.getColumnLabel(column), kind(meta, column)));
    }
    List<List<@Nullable String>> table = new ArrayList<>();
    long bytesLeft = Math.min(ANSWER_BYTES_MAX, Runtime.getRuntime().maxMemory() / 2);
    while (table.size() < mostRows && rows.next()) {
      List<@Nullable String> cells = new ArrayList<>(columns.size());
      for (int column = 1; column <= columns.size(); column++) {
        String cell = cell(rows, meta, column);
        cells.add(cell);
        bytesLeft -= CELL_OVERHEAD_BYTES + (cell == null ? 0 : cell.length());
      }
      table.add(cells);
      if (bytesLeft < 0) {
        throw new Failure.Misuse(TOO_LARGE);
      }
    }
    return new QueryResult(columns, table, table.size() == mostRows && rows.next());
  }

  private static QueryResult.Kind kind(ResultSetMetaData meta, int column) throws SQLException {
    return switch (meta.getColumnType(column)) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.NUMERIC ->
          QueryResult.Kind.NUMBER;
      case Types.BIT, Types.BOOLEAN -> QueryResult.Kind.BOOLEAN;
      default ->
          meta.getColumnTypeName(column).startsWith("json")
              ? QueryResult.Kind.JSON
              : QueryResult.Kind.TEXT;
    };
  }

  private static @Nullable String cell(ResultSet rows, ResultSetMetaData meta, int column)
      throws SQLException {
    if (meta.getColumnTypeName(column).equals("timestamptz")) {
      OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toString();
    }
    if (kind(meta, column) == QueryResult.Kind.BOOLEAN) {
      boolean value = rows.getBoolean(column);
      return rows.wasNull() ? null : Boolean.toString(value);
    }
    return rows.getString(column);
  }

  private RuntimeException failure(SQLException e, Duration limit) {
    String state = SqlFailure.stateOf(e);
    if (state.equals(CANCELLED)) {
      return new Failure.Misuse(
          "the query took longer than "
              + limit.toSeconds()
              + " s and was cancelled: ask for less, or give more with --timeout.",
          e);
    }
    if (serverMessage(e) == null && String.valueOf(e.getMessage()).contains("maxResultBuffer")) {
      return new Failure.Misuse(TOO_LARGE, e); // the driver has no type or state of its own for it
    }
    if (state.equals(LIMIT_EXCEEDED)) {
      return new Failure.Misuse("the query needs more than it may take: " + reason(e), e);
    }
    boolean isOfStatement =
        !state.isEmpty() && !CLASSES_OF_THE_SERVER.contains(state.substring(0, 2));
    return isOfStatement
        ? new Failure.Misuse("the query is refused: " + reason(e), e)
        : SqlFailure.of(e, database.address().place(), "the query");
  }

  private static String reason(SQLException e) {
    ServerErrorMessage server = serverMessage(e);
    if (server == null) {
      return String.valueOf(e.getMessage());
    }
    String hint = server.getHint() == null ? "" : " (" + server.getHint() + ")";
    return server.getMessage() + hint;
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
    return e instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
  }
}
