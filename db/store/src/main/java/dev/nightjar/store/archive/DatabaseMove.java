package dev.nightjar.store.archive;

import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import dev.nightjar.store.sql.ReaderLogin;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Copies all that a database keeps to another, which counts only once every table there has as many
 * rows as here, still. The old database is only read.
 */
public final class DatabaseMove {
  private static final int PIPE_BYTES = 1 << 20;

  private DatabaseMove() {}

  /**
   * Copies it.
   *
   * @return the rows of each table
   * @throws Failure.Unavailable when something was written to the old one meanwhile
   */
  public static Map<String, Long> copy(
      Connections from,
      DatabaseAddress to,
      @Nullable ReaderLogin reader,
      ArchiveProgress progress) {
    PipedInputStream in = new PipedInputStream(PIPE_BYTES);
    CompletableFuture<Void> export = new CompletableFuture<>();
    Thread.ofPlatform().name("export").start(() -> export(from, in, export));
    try {
      return taken(in, from, to, reader, progress, export);
    } catch (Failure | CompletionException e) {
      throw cause(export, e);
    }
  }

  private static Map<String, Long> taken(
      PipedInputStream in,
      Connections from,
      DatabaseAddress to,
      @Nullable ReaderLogin reader,
      ArchiveProgress progress,
      CompletableFuture<Void> export) {
    String source = "what " + from.address().place() + " keeps";
    try (in) { // closed, it ends the export where it writes
      return DatabaseImport.read(
          to,
          reader,
          in,
          source,
          progress,
          rows -> {
            export.join();
            requireUnchanged(from, rows);
          });
    } catch (IOException e) {
      throw new IllegalStateException("a pipe within this process broke", e);
    }
  }

  private static void export(
      Connections from, PipedInputStream reader, CompletableFuture<Void> done) {
    try (PipedOutputStream out = new PipedOutputStream(reader)) {
      DatabaseExport.write(from, out, (_, _, _) -> {});
      done.complete(null);
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  /** An export that failed is why the import found its end missing. */
  private static RuntimeException cause(
      CompletableFuture<Void> export, RuntimeException importing) {
    try {
      export.join();
      return importing;
    } catch (CompletionException e) {
      return e.getCause() instanceof Failure exporting ? exporting : importing;
    }
  }

  private static void requireUnchanged(Connections from, Map<String, Long> moved) {
    Map<String, Long> now = from.read("counting what is kept", connection -> rows(connection));
    moved.forEach((table, rows) -> {
      if (!rows.equals(now.get(table))) {
        throw new Failure.Unavailable(
            "%s had %d rows when its copy began and has %d now: let what writes there end, and move again; nothing was kept at the new place"
                .formatted(table, rows, now.get(table)));
      }
    });
  }

  private static Map<String, Long> rows(Connection connection) throws SQLException {
    return KeptTables.of(connection).rows(connection);
  }
}
