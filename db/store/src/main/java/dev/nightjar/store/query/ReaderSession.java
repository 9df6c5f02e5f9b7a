package dev.nightjar.store.query;

import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.ReaderLogin;
import dev.nightjar.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A session in which a person's statement can do nothing but read the public views.
 *
 * <p>What confines is the login itself: a role that was only set would be reset by the statement,
 * and so would a setting. So it is looked at before each statement, as a person made it or may have
 * granted it more since: nothing that it is, or may become, enters the schema of the tables.
 */
final class ReaderSession {
  /** What reads or runs what lies beside the database. */
  private static final String OVERREACHING =
      """
      select rolname
      from pg_roles
      where pg_has_role(session_user, oid, 'member')
        and (rolsuper
             or rolcreaterole
             or rolreplication
             or rolbypassrls
             or has_schema_privilege(oid, 'nightjar', 'usage, create')
             or has_schema_privilege(oid, 'batch', 'usage, create')
             or rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'))
      order by rolname = session_user desc, rolname
      limit 1\
      """;

  /** It may not enter, or not this database. */
  private static final Set<String> NOT_LET_IN = Set.of("28000", "28P01", "42501");

  private ReaderSession() {}

  static Connection open(PGSimpleDataSource source, ReaderLogin reader, String place)
      throws SQLException {
    Connection connection = enter(source, reader, place);
    try {
      requireConfined(connection, reader, place);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection enter(PGSimpleDataSource source, ReaderLogin reader, String place)
      throws SQLException {
    try {
      return source.getConnection(reader.role(), reader.password());
    } catch (SQLException e) {
      if (!NOT_LET_IN.contains(SqlFailure.stateOf(e))) {
        throw e;
      }
      throw new Failure.Unavailable(
          "the role '%s', as which queries run, does not get into the database at %s (%s): %s"
              .formatted(reader.role(), place, e.getMessage(), reader.remedy()),
          e);
    }
  }

  private static void requireConfined(Connection connection, ReaderLogin reader, String place)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OVERREACHING)) {
      if (row.next()) {
        String role = row.getString(1);
        throw new Failure.Unavailable(
            "queries are to run as the role '%s', which in the database at %s may do more than read the public views%s: take that from it, or name another in NIGHTJAR_READER_USER"
                .formatted(
                    reader.role(),
                    place,
                    role.equals(reader.role()) ? "" : ", being a member of '" + role + "'"));
      }
    }
  }
}
