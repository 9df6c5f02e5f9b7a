package dev.nightjar.store.schema;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.PostgresAccess;
import dev.nightjar.store.sql.Connections;
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
 * The role as which people's queries run.
 *
 * <p>The embedded server has it from the start. On a server of the user's it is the one that the
 * settings name. Where they name none, it is made as soon as the user may make roles, which may be
 * later than the schema; its password is kept in a table that only the owner can read, so that
 * every host that uses the database can query. Where it can be neither, there is none, and no query
 * of a person's runs.
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

  /**
   * The role and its password, having granted it what it lacks.
   *
   * @param given by the embedded server or by the settings
   * @throws Failure.Unavailable when there is none and none can be made
   */
  public static ReaderLogin of(Connections database, @Nullable ReaderLogin given) {
    return database.read(
        "finding the role that reads",
        connection -> {
          Optional<ReaderLogin> login = establish(connection, given);
          return login.isPresent()
              ? login.get()
              : refuse(connection, database.address().place(), given);
        });
  }

  static Optional<ReaderLogin> establish(Connection connection, @Nullable ReaderLogin given)
      throws SQLException {
    Optional<ReaderLogin> login =
        given == null ? findOrMake(connection) : existing(connection, given);
    if (login.isPresent()) {
      ReaderGrants.complete(connection, login.get().role());
    }
    return login;
  }

  private static Optional<ReaderLogin> findOrMake(Connection connection) throws SQLException {
    Optional<ReaderLogin> made = find(connection);
    if (made.isPresent()) {
      return made;
    }
    try {
      return Optional.of(Transaction.around(connection, ReaderRole::makeAlone));
    } catch (SQLException e) {
      if (SqlFailure.stateOf(e).equals(NOT_PERMITTED)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static ReaderLogin makeAlone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + SchemaMigration.ADVISORY_LOCK + ")");
    }
    Optional<ReaderLogin> madeMeanwhile = find(connection);
    return madeMeanwhile.isPresent() ? madeMeanwhile.get() : make(connection);
  }

  private static Optional<ReaderLogin> find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select role, password from nightjar.reader_login"
                    + " join pg_roles on rolname = role")) {
      return row.next()
          ? Optional.of(ReaderLogin.made(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }

  private static Optional<ReaderLogin> existing(Connection connection, ReaderLogin given)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select from pg_roles where rolname = ?")) {
      statement.setString(1, given.role());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(given) : Optional.empty();
      }
    }
  }

  private static ReaderLogin make(Connection connection) throws SQLException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    ReaderLogin login = ReaderLogin.made(freeName(connection), HexFormat.of().formatHex(random));
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

  private static ReaderLogin refuse(
      Connection connection, String place, @Nullable ReaderLogin given) throws SQLException {
    String role = given == null ? freeName(connection) : given.role();
    throw new Failure.Unavailable(
        "a query of one's own runs as a role that reads the public views and nothing else, and "
            + (given == null ? "there is none in" : "'" + role + "' is none of")
            + " the database at "
            + place
            + ": let somebody who may make roles run \"create role "
            + role
            + " login password '...'\" there, and set NIGHTJAR_READER_USER and"
            + " NIGHTJAR_READER_PASSWORD (named queries, such as 'latest', need none)");
  }
}
