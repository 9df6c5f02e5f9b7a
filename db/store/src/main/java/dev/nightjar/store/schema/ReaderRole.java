package dev.nightjar.store.schema;

import dev.nightjar.store.embedded.PostgresAccess;
import dev.nightjar.store.query.Queries;
import dev.nightjar.store.sql.ReaderLogin;
import dev.nightjar.store.sql.SqlFailure;
import dev.nightjar.store.sql.Transaction;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the role as which queries run.
 *
 * <p>The embedded server has it from the start. On a server of the user's it is made if the user
 * may make roles; its password is kept in a table that only the owner can read, so that every host
 * that uses the database can query. Where it may not be made, {@link Queries} guards in another
 * way.
 */
public final class ReaderRole {
  /** The views that are the contract with people who query. */
  static final List<String> VIEWS =
      List.of(
          "latest_results",
          "results_per_run",
          "regressions",
          "findings",
          "open_findings",
          "run_history",
          "machines",
          "samples",
          "host_noise",
          "missed_nights",
          "hotspots",
          "commit_activity",
          "co_changes",
          "ownership",
          "code_age",
          "files_at_head",
          "languages",
          "folder_activity",
          "commits",
          "file_changes",
          "authors",
          "authors_by_month",
          "branches",
          "ref_movements",
          "merges_by_month",
          "research_findings",
          "telemetry_samples",
          "telemetry_hourly");

  private static final String NOT_PERMITTED = "42501";

  private ReaderRole() {}

  static void establish(Connection connection, @Nullable ReaderLogin embedded) throws SQLException {
    ReaderLogin login = embedded != null ? embedded : find(connection).orElse(null);
    if (login == null) {
      login = tryToMake(connection);
    }
    if (login != null) {
      grant(connection, login.role());
    }
  }

  /** The role that was made on a user's server, if it could be. */
  public static Optional<ReaderLogin> find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select role, password from nightjar.reader_login"
                    + " join pg_roles on rolname = role")) {
      return row.next()
          ? Optional.of(new ReaderLogin(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }

  private static @Nullable ReaderLogin tryToMake(Connection connection) throws SQLException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    ReaderLogin login = new ReaderLogin(freeName(connection), HexFormat.of().formatHex(random));
    try {
      return Transaction.around(connection, c -> make(c, login));
    } catch (SQLException e) {
      if (SqlFailure.stateOf(e).equals(NOT_PERMITTED)) {
        return null;
      }
      throw e;
    }
  }

  private static ReaderLogin make(Connection connection, ReaderLogin login) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement keep =
            connection.prepareStatement(
                "insert into nightjar.reader_login (role, password) values (?, ?)"
                    + " on conflict (only_one) do update"
                    + " set role = excluded.role, password = excluded.password")) {
      statement.execute(
          "create role " + login.role() + " login password '" + login.password() + "'");
      keep.setString(1, login.role());
      keep.setString(2, login.password());
      keep.executeUpdate();
      return login;
    }
  }

  /** Roles belong to a whole server, where another Nightjar database may have taken the name. */
  private static String freeName(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select case when exists (select from pg_roles where rolname = ?)"
                + " then ? || '_' || oid else ? end"
                + " from pg_database where datname = current_database()")) {
      for (int i = 1; i <= 3; i++) {
        statement.setString(i, PostgresAccess.READER);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void grant(Connection connection, String role) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("grant usage on schema public to " + role);
      for (String view : VIEWS) {
        statement.execute("grant select on public." + view + " to " + role);
      }
    }
  }
}
