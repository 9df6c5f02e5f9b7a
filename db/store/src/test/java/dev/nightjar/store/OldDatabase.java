package dev.nightjar.store;

import dev.nightjar.store.schema.SchemaMigration;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/** A database as the version with schema 30 made and filled it. */
final class OldDatabase {
  private static final int VERSION = 30;

  private OldDatabase() {}

  /** Makes it; the folder takes its migrations. */
  static void make(DatabaseAddress address, Path folder) throws IOException, SQLException {
    Flyway.configure()
        .dataSource(address.connections())
        .schemas("nightjar")
        .defaultSchema("nightjar")
        .createSchemas(true)
        .locations("filesystem:" + migrations(folder))
        .load()
        .migrate();
    try (Connection connection = Connections.single(address).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text("version30/rows.sql"));
    }
  }

  /** The versioned ones of today, which never change, and the views as they were. */
  private static Path migrations(Path folder) throws IOException {
    for (String migration : SchemaMigration.MIGRATIONS) {
      if (migration.startsWith("V")
          && Integer.parseInt(migration.substring(1, migration.indexOf("__"))) <= VERSION) {
        Files.writeString(folder.resolve(migration), text("migrations/" + migration));
      }
    }
    Files.writeString(folder.resolve("R__public_views.sql"), text("version30/R__public_views.sql"));
    return folder;
  }

  private static String text(String resource) throws IOException {
    try (InputStream stream = OldDatabase.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
