package dev.nightjar.store.archive;

import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.telemetry.TelemetryWeeks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes all that a database keeps, as it is at one moment, whatever is written meanwhile. */
public final class DatabaseExport {
  /** So that every server writes, and reads, the same text for a value. */
  private static final String SETTINGS =
      "set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';"
          + " set local bytea_output = 'hex'; set local extra_float_digits = 1;"
          + " set local statement_timeout = 0";

  /** Of the tables, which may be those of an earlier Nightjar. */
  private static final String SCHEMA_VERSION =
      "select max(version::int) from nightjar.flyway_schema_history where version ~ '^[0-9]+$'";

  private final Connection connection;
  private final ArchiveOutput out;
  private final ArchiveProgress progress;
  private final ObjectNode seals = JsonMapper.shared().createObjectNode();

  private DatabaseExport(Connection connection, ArchiveOutput out, ArchiveProgress progress) {
    this.connection = connection;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Writes it; the stream stays open.
   *
   * @return the rows of each table
   */
  public static Map<String, Long> write(
      Connections database, OutputStream out, ArchiveProgress progress) throws IOException {
    try (Connection connection = database.dedicated("export")) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new DatabaseExport(connection, new ArchiveOutput(out), progress).write();
    } catch (SQLException e) {
      throw database.failure(e, "exporting the database");
    }
  }

  private Map<String, Long> write() throws SQLException, IOException {
    prepare(connection);
    KeptTables tables = KeptTables.of(connection);
    if (tables.isEmpty()) {
      throw new Failure.Misuse("the database holds nothing of Nightjar's to export");
    }
    Map<String, Long> rows = tables.rows(connection);
    byte[] manifest = manifest(tables, rows).json();
    out.put(ArchiveOutput.MANIFEST, manifest, manifest.length);
    for (KeptTable table : tables.inOrder()) {
      write(table, rows.getOrDefault(table.key(), 0L));
    }
    byte[] all = JsonMapper.shared().writeValueAsBytes(seals);
    out.put(ArchiveOutput.SEALS, all, all.length);
    out.finish();
    return rows;
  }

  /** What both sides agree on. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
  }

  private Manifest manifest(KeptTables tables, Map<String, Long> rows) throws SQLException {
    List<Manifest.Content> contents = new ArrayList<>();
    for (KeptTable table : tables.inOrder()) {
      contents.add(
          new Manifest.Content(table.key(), table.columns(), rows.getOrDefault(table.key(), 0L)));
    }
    Map<String, Long> sequences = new LinkedHashMap<>();
    for (String name : KeptTables.sequences(connection)) {
      long last =
          KeptTables.number(
              connection,
              "select case when is_called then last_value else 0 end from "
                  + KeptTables.quotedSequence(name));
      if (last > 0) {
        sequences.put(name, last);
      }
    }
    return new Manifest(
        (int) KeptTables.number(connection, SCHEMA_VERSION),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        contents,
        sequences,
        TelemetryWeeks.all(connection));
  }

  private void write(KeptTable table, long ofRows) throws SQLException, IOException {
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyOut());
    try {
      TableSeal seal = new TableSeal();
      Pieces pieces = new Pieces(table.key(), seal, ofRows);
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        pieces.add(row);
      }
      pieces.end();
      seals.putObject(table.key()).put("rows", seal.rows()).put("sha256", seal.digest());
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Rows, gathered into entries. */
  private final class Pieces {
    private final String key;
    private final TableSeal seal;
    private final long ofRows;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private int count;

    private Pieces(String key, TableSeal seal, long ofRows) {
      this.key = key;
      this.seal = seal;
      this.ofRows = ofRows;
    }

    private void add(byte[] row) throws IOException {
      piece.writeBytes(row);
      if (piece.size() >= ArchiveOutput.PIECE_BYTES) {
        end();
      }
    }

    private void end() throws IOException {
      if (piece.size() > 0) {
        byte[] bytes = piece.toByteArray();
        piece.reset();
        seal.add(bytes, bytes.length);
        out.put("%s/%06d.copy".formatted(key, ++count), bytes, bytes.length);
        progress.at(key, seal.rows(), ofRows);
      }
    }
  }
}
