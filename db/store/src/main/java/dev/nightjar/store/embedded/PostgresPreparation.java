package dev.nightjar.store.embedded;

import dev.nightjar.store.embedded.folder.Secrets;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Roles and the database of a fresh server, each step repeatable, as a kill may come between any
 * two.
 *
 * <p>Nightjar works as a plain owner of its database: the superuser is used here and to count
 * clients, nowhere else.
 */
final class PostgresPreparation {
  /**
   * What the reader's sessions are held to, whatever client they come from. Sorts and joins that do
   * not fit go to the disk that everything else is kept on.
   */
  private static final Map<String, String> READER_LIMITS =
      Map.of(
          "temp_file_limit", "2GB",
          "statement_timeout", "1h",
          "idle_in_transaction_session_timeout", "10min",
          "default_transaction_read_only", "on");

  private PostgresPreparation() {}

  static void prepare(int port, Secrets secrets) throws IOException {
    try (Connection connection = superuser(port, secrets.password("postgres"));
        Statement statement = connection.createStatement()) {
      role(statement, PostgresAccess.OWNER, secrets.password(PostgresAccess.OWNER));
      role(statement, PostgresAccess.READER, secrets.password(PostgresAccess.READER));
      statement.execute("alter role " + PostgresAccess.READER + " connection limit 20");
      for (Map.Entry<String, String> limit : READER_LIMITS.entrySet()) {
        statement.execute(
            "alter role %s set %s = '%s'"
                .formatted(PostgresAccess.READER, limit.getKey(), limit.getValue()));
      }
      if (!exists(statement, "select 1 from pg_database where datname = 'nightjar'")) {
        statement.execute("create database nightjar owner " + PostgresAccess.OWNER);
      }
      statement.execute("revoke all on database nightjar from public");
      statement.execute("grant connect on database nightjar to " + PostgresAccess.READER);
      statement.execute("revoke connect on database postgres from public");
      statement.execute("revoke connect on database template1 from public");
    } catch (SQLException e) {
      throw new IOException("its roles cannot be made: " + e.getMessage(), e);
    }
  }

  /** Sessions of clients other than the one that asks. */
  static int clients(int port, String superuserPassword) throws IOException {
    try (Connection connection = superuser(port, superuserPassword);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IOException("its clients cannot be counted: " + e.getMessage(), e);
    }
  }

  private static void role(Statement statement, String name, String password) throws SQLException {
    if (!exists(statement, "select 1 from pg_roles where rolname = '" + name + "'")) {
      statement.execute("create role " + name + " login");
    }
    statement.execute("alter role " + name + " password '" + password + "'");
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next();
    }
  }

  private static Connection superuser(int port, String password) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable");
    source.setUser("postgres");
    source.setPassword(password);
    source.setConnectTimeout(10);
    source.setApplicationName("nightjar store keeper");
    return source.getConnection();
  }
}
