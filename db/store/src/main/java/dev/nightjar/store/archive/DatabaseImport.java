package dev.nightjar.store.archive;

import dev.nightjar.model.Failure;
import dev.nightjar.store.schema.SchemaMigration;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import dev.nightjar.store.sql.ReaderLogin;
import dev.nightjar.store.sql.SqlFailure;
import dev.nightjar.store.telemetry.TelemetryWeeks;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes an export into a database in which nothing is kept yet: all of it, or nothing.
 *
 * <p>The tables are first brought to the version that the export has, then filled, and then brought
 * up to date, so that an older export goes through the same migrations as an older database. No
 * name in the stream becomes part of a statement: those of the catalog do, once the two are equal.
 */
public final class DatabaseImport {
  /** Values that are none, and rows that contradict each other. */
  private static final Set<String> OF_THE_DATA = Set.of("22", "23");

  private static final int WEEKS_MAX = 5200;

  private final Connections database;
  private final SchemaMigration schema;
  private final ArchiveInput in;
  private final ArchiveProgress progress;
  private final Check check;

  private DatabaseImport(
      Connections database,
      SchemaMigration schema,
      ArchiveInput in,
      ArchiveProgress progress,
      Check check) {
    this.database = database;
    this.schema = schema;
    this.in = in;
    this.progress = progress;
    this.check = check;
  }

  /** A last look before what was taken in counts. */
  @FunctionalInterface
  public interface Check {
    Check NONE = _ -> {};

    /**
     * Looks.
     *
     * @throws Failure to have nothing of it kept
     */
    void at(Map<String, Long> rows);
  }

  /**
   * Takes it in.
   *
   * @param source what the stream comes from, for people
   * @return the rows of each table, as they were counted in the database
   * @throws Failure.Misuse when the stream is no whole export, or the database keeps something
   */
  public static Map<String, Long> read(
      DatabaseAddress target,
      @Nullable ReaderLogin reader,
      InputStream stream,
      String source,
      ArchiveProgress progress,
      Check check) {
    SchemaMigration schema = new SchemaMigration(target, reader);
    try (Connections database = Connections.open(target, () -> {})) {
      Map<String, Long> rows =
          new DatabaseImport(database, schema, ArchiveInput.of(stream), progress, check).read();
      schema.bringUpToDate(database);
      return rows;
    } catch (DamagedArchive | IOException e) {
      throw new Failure.Misuse(
          "%s cannot be taken in: %s; nothing of it is kept".formatted(source, e.getMessage()), e);
    }
  }

  private Map<String, Long> read() throws DamagedArchive, IOException {
    Manifest manifest = Manifest.read(in.bytes(ArchiveOutput.MANIFEST));
    requireKnown(manifest.schema());
    schema.bringEmptyTo(database, manifest.schema(), c -> KeptTables.of(c).filled(c).isEmpty());
    // Closed without a commit, a connection has changed nothing.
    try (Connection connection = database.dedicated("import")) {
      connection.setAutoCommit(false);
      Map<String, Long> rows = fill(connection, manifest);
      check.at(rows);
      connection.commit();
      return rows;
    } catch (SQLException e) {
      if (OF_THE_DATA.contains(classOf(e))) {
        throw new DamagedArchive("the database refuses it (" + firstLine(e) + ")", e);
      }
      throw database.failure(e, "importing");
    }
  }

  private static String classOf(SQLException e) {
    String state = SqlFailure.stateOf(e);
    return state.length() < 2 ? "" : state.substring(0, 2);
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void requireKnown(int version) throws DamagedArchive {
    if (!SchemaMigration.isKnown(version)) {
      throw new DamagedArchive(
          "its tables have version %d, and this Nightjar knows those up to %d"
              .formatted(version, SchemaMigration.tablesVersion()));
    }
  }

  private Map<String, Long> fill(Connection connection, Manifest manifest)
      throws SQLException, IOException, DamagedArchive {
    DatabaseExport.prepare(connection);
    KeptTables tables = KeptTables.of(connection);
    requireUnused(connection, tables);
    Map<String, KeptTable> byKey = new LinkedHashMap<>();
    tables.inOrder().forEach(table -> byKey.put(table.key(), table));
    requireSameTables(manifest, byKey);
    tables.clear(connection);
    makeWeeks(connection, manifest.weeks());
    Map<String, TableSeal> seals = new LinkedHashMap<>();
    in.next();
    for (Manifest.Content content : manifest.tables()) {
      KeptTable table = Objects.requireNonNull(byKey.get(content.key()));
      seals.put(content.key(), copy(connection, table, content));
    }
    requireSealed(manifest, seals);
    setSequences(connection, manifest.sequences());
    Map<String, Long> rows = tables.rows(connection);
    requireRows(manifest, rows);
    return rows;
  }

  private void requireUnused(Connection connection, KeptTables tables) throws SQLException {
    Optional<KeptTable> filled = tables.filled(connection);
    if (filled.isPresent()) {
      throw new Failure.Misuse(
          "the database at %s keeps something already (%s has rows): name one in which nothing is kept"
              .formatted(database.address().place(), filled.get().key()));
    }
  }

  private static void requireSameTables(Manifest manifest, Map<String, KeptTable> byKey)
      throws DamagedArchive {
    Map<String, Set<String>> expected = new HashMap<>();
    byKey.forEach((key, table) -> expected.put(key, Set.copyOf(table.columns())));
    Map<String, Set<String>> given = new HashMap<>();
    for (Manifest.Content content : manifest.tables()) {
      Set<String> columns = new HashSet<>(content.columns());
      if (columns.size() != content.columns().size() || given.put(content.key(), columns) != null) {
        throw new DamagedArchive("its manifest names a table or column twice");
      }
    }
    if (!given.equals(expected)) {
      throw new DamagedArchive(
          "its tables or columns are not those of version " + manifest.schema());
    }
  }

  private static void makeWeeks(Connection connection, List<LocalDate> weeks)
      throws SQLException, DamagedArchive {
    for (LocalDate week : weeks) {
      if (week.getDayOfWeek() != DayOfWeek.MONDAY || weeks.size() > WEEKS_MAX) {
        throw new DamagedArchive("its weeks of telemetry are none");
      }
      TelemetryWeeks.make(connection, week);
    }
  }

  /** Takes in the pieces of a table; the entry that follows them is the one at hand then. */
  private TableSeal copy(Connection connection, KeptTable table, Manifest.Content content)
      throws SQLException, IOException, DamagedArchive {
    KeptTable inItsOrder = new KeptTable(table.schema(), table.name(), content.columns());
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(inItsOrder.copyIn());
    TableSeal seal = new TableSeal();
    try {
      for (int piece = 1; in.name().equals("%s/%06d.copy".formatted(table.key(), piece)); piece++) {
        byte[] bytes = in.bytes();
        seal.add(bytes, bytes.length);
        if (seal.rows() > content.rows()) {
          throw new DamagedArchive(table.key() + " has more rows than its manifest says");
        }
        copy.writeToCopy(bytes, 0, bytes.length);
        progress.at(table.key(), seal.rows(), content.rows());
        in.next();
      }
      copy.endCopy();
      return seal;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void requireSealed(Manifest manifest, Map<String, TableSeal> seals)
      throws IOException, DamagedArchive {
    JsonNode expected = seals();
    for (Manifest.Content content : manifest.tables()) {
      TableSeal seal = Objects.requireNonNull(seals.get(content.key()));
      JsonNode node = expected.path(content.key());
      if (node.path("rows").asLong(-1) != seal.rows()
          || !node.path("sha256").asString("").equals(seal.digest())) {
        throw new DamagedArchive("what it holds of %s was changed".formatted(content.key()));
      }
    }
  }

  private JsonNode seals() throws IOException, DamagedArchive {
    try {
      return JsonMapper.shared().readTree(in.bytesOf(ArchiveOutput.SEALS));
    } catch (JacksonException e) {
      throw new DamagedArchive("its digests cannot be read", e);
    }
  }

  private static void setSequences(Connection connection, Map<String, Long> given)
      throws SQLException, DamagedArchive {
    Set<String> known = KeptTables.sequences(connection);
    if (!known.containsAll(given.keySet())) {
      throw new DamagedArchive("it numbers what is not there");
    }
    try (PreparedStatement statement =
        connection.prepareStatement("select setval(cast(? as regclass), ?)")) {
      for (String name : known) {
        if (given.containsKey(name)) {
          statement.setString(1, KeptTables.quotedSequence(name));
          statement.setLong(2, given.get(name));
          statement.execute();
        }
      }
    }
  }

  private static void requireRows(Manifest manifest, Map<String, Long> rows) throws DamagedArchive {
    for (Manifest.Content content : manifest.tables()) {
      long there = rows.getOrDefault(content.key(), 0L);
      if (there != content.rows()) {
        throw new DamagedArchive(
            "%s has %d rows in the database and %d in it"
                .formatted(content.key(), there, content.rows()));
      }
    }
  }
}
