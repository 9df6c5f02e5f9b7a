package dev.nightjar.store.schema;

import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import dev.nightjar.store.sql.ReaderLogin;
import dev.nightjar.store.sql.SqlFailure;
import dev.nightjar.store.sql.SqlWork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema to what this version needs.
 *
 * <p>A stamp in the database holds the version it was last brought to and the digest of the tables'
 * migrations, so that an up-to-date one costs one SELECT and Flyway is not even loaded. The views,
 * which are made anew whenever they change, count by the version that stands in them: of two builds
 * of one version that differ in the views, neither undoes the other's. Concurrent first starts wait
 * for one another at an advisory lock.
 */
public final class SchemaMigration {
  private static final String FOLDER = "/dev/nightjar/store/migrations/";

  static final String VIEWS = "R__public_views.sql";

  private static final Pattern VIEWS_VERSION = Pattern.compile("-- Version (\\d+)\\..*");

  /** All of them, in Flyway's order; a test compares them with the folder. */
  public static final List<String> MIGRATIONS =
      List.of(
          "V001__hosts_repositories_runs.sql",
          "V002__benchmarks_samples_verdicts.sql",
          "V003__git_history.sql",
          "V004__telemetry.sql",
          "V005__locks_and_dead_letters.sql",
          "V006__research.sql",
          "V007__batch_job_repository.sql",
          "V015__git_reachability.sql",
          "V016__people_and_head_files.sql",
          "V020__sample_disturbance.sql",
          "V030__head_file_marks.sql",
          "V040__run_owner.sql",
          "V045__machines.sql",
          "V050__benchmark_by_unit.sql",
          "V055__canonical_units.sql",
          "V056__failure_parameters.sql",
          "V057__devices.sql",
          "V058__further_readings.sql",
          "V059__assumed_directions.sql",
          "V060__findings.sql",
          "V065__profiles.sql",
          "V066__imported_runs.sql",
          "V070__median_rank.sql",
          VIEWS);

  static final long ADVISORY_LOCK = 0x6e696768746a6172L; // "nightjar"

  /** Unique keys over columns that may be null came with it. */
  private static final int OLDEST_SERVER = 15;

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String UNDEFINED_SCHEMA = "3F000";

  private final DatabaseAddress address;
  private final @Nullable ReaderLogin reader;

  public SchemaMigration(DatabaseAddress address, @Nullable ReaderLogin reader) {
    this.address = address;
    this.reader = reader;
  }

  /** The version that this Nightjar's tables and views have. */
  static int version() {
    return Math.max(tablesVersion(), viewsVersion());
  }

  /** The version that this Nightjar's tables have. */
  public static int tablesVersion() {
    return versions().max().orElseThrow();
  }

  /** Whether the tables had that version at some time. */
  public static boolean isKnown(int version) {
    return versions().anyMatch(known -> known == version);
  }

  private static IntStream versions() {
    return MIGRATIONS.stream()
        .filter(name -> name.startsWith("V"))
        .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))));
  }

  private static int viewsVersion() {
    Matcher version = VIEWS_VERSION.matcher(text(VIEWS).lines().findFirst().orElse(""));
    if (!version.matches()) {
      throw new IllegalStateException("the views do not begin with their version");
    }
    return Integer.parseInt(version.group(1));
  }

  public void bringUpToDate(Connections database) {
    String digest = digest();
    Optional<Stamp> stamp = database.read("reading the schema's version", SchemaMigration::stamp);
    if (isToBeBrought(stamp, digest)) {
      migrateAlone(database, digest);
    }
  }

  /**
   * Gives a database the tables of a version, which may be an earlier one: where nothing is kept
   * yet, those there are give way to them.
   *
   * @param isUnused whether nothing is kept
   */
  public void bringEmptyTo(Connections database, int version, SqlWork<Boolean> isUnused) {
    if (version == tablesVersion()) {
      bringUpToDate(database);
      return;
    }
    try (Connection connection = database.dedicated("migration");
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
      requireKnownServer(connection);
      if (isUnused.on(connection)) {
        statement.execute("drop schema if exists nightjar, batch cascade");
        runFlyway(flyway().target(String.valueOf(version)).repeatableSqlMigrationPrefix("none"));
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e, address.place(), "making the tables of version " + version);
    }
  }

  private boolean isToBeBrought(Optional<Stamp> stamp, String digest) {
    if (stamp.isPresent() && stamp.get().version > version()) {
      throw new Failure.Unavailable(
          "the database at "
              + address.place()
              + " has schema version "
              + stamp.get().version
              + ", and this Nightjar knows versions up to "
              + version()
              + ": use the newer Nightjar that made it, or another database");
    }
    return stamp.isEmpty() || stamp.get().version < version() || !stamp.get().digest.equals(digest);
  }

  private void migrateAlone(Connections database, String digest) {
    try (Connection connection = database.dedicated("migration");
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
      if (isToBeBrought(stamp(connection), digest)) {
        requireKnownServer(connection);
        runFlyway(flyway());
        ReaderRole.establish(connection, reader);
        writeStamp(connection, digest);
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e, address.place(), "bringing the schema up to date");
    }
  }

  /** An older one would fail in the midst, with words about a syntax. */
  private void requireKnownServer(Connection connection) throws SQLException {
    DatabaseMetaData server = connection.getMetaData();
    if (server.getDatabaseMajorVersion() < OLDEST_SERVER) {
      throw new Failure.Unavailable(
          "the server at %s is PostgreSQL %s, and Nightjar needs %d or newer: upgrade it, or name another in the database URL"
              .formatted(address.place(), server.getDatabaseProductVersion(), OLDEST_SERVER));
    }
  }

  private void runFlyway(FluentConfiguration flyway) throws SQLException {
    try {
      flyway.load().migrate();
    } catch (FlywayException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException failure && !isOfTheSchema(failure)) {
          throw failure;
        }
      }
      throw new Failure.Unavailable(
          "the schema of the database at "
              + address.place()
              + " is not one that this Nightjar can bring up to date: use another database, or drop"
              + " the schema nightjar there, which deletes what Nightjar keeps ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          e);
    }
  }

  private FluentConfiguration flyway() {
    FluentConfiguration flyway =
        Flyway.configure(SchemaMigration.class.getClassLoader())
            .dataSource(address.connections())
            .schemas("nightjar")
            .defaultSchema("nightjar")
            .createSchemas(true)
            .locations("classpath:" + FOLDER.substring(1, FOLDER.length() - 1))
            .failOnMissingLocations(true)
            // A migration may come with a merge after one of a higher number, which a database that
            // followed the branch has already.
            .outOfOrder(true);
    // With a lock of the session Flyway works on one connection, and a migration is kept together
    // with the row that says so. Else that row is kept when all migrations are done, and one who is
    // killed before leaves tables that the next start makes again, which fails for ever.
    flyway
        .getPluginRegister()
        .getExact(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return flyway;
  }

  /** What is there is not what was expected: a table is there already, or is not. */
  private static boolean isOfTheSchema(SQLException failure) {
    return SqlFailure.stateOf(failure).startsWith("42");
  }

  private static Optional<Stamp> stamp(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select version, digest from nightjar.schema_stamp")) {
      return row.next()
          ? Optional.of(new Stamp(row.getInt(1), row.getString(2)))
          : Optional.empty();
    } catch (SQLException e) {
      String state = SqlFailure.stateOf(e);
      if (state.equals(UNDEFINED_TABLE) || state.equals(UNDEFINED_SCHEMA)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void writeStamp(Connection connection, String digest) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into nightjar.schema_stamp (version, digest) values (?, ?)"
                + " on conflict (only_one) do update"
                + " set version = excluded.version, digest = excluded.digest")) {
      statement.setInt(1, version());
      statement.setString(2, digest);
      statement.executeUpdate();
    }
  }

  /** Of the tables' migrations. */
  private static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : MIGRATIONS) {
        if (!name.equals(VIEWS)) {
          digest.update(text(name).getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String text(String migration) {
    try (InputStream text = SchemaMigration.class.getResourceAsStream(FOLDER + migration)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the migration " + migration + " cannot be read", e);
    }
  }

  private record Stamp(int version, String digest) {}
}
