package dev.nightjar.store;

import dev.nightjar.store.embedded.PostgresAccess;
import dev.nightjar.store.embedded.StoreStatus;
import dev.nightjar.store.sql.DatabaseAddress;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What only the superuser of the shared server may do: make databases and roles. */
final class Superuser {
  private Superuser() {}

  /** A new database beside another, of the same owner. */
  static DatabaseAddress database(String name, DatabaseAddress beside)
      throws SQLException, IOException {
    execute("create database " + name + " owner " + beside.user(), "postgres");
    return new DatabaseAddress(
        beside.jdbcUrl().replaceFirst("(//[^/]+/)[^?]+", "$1" + name),
        beside.user(),
        beside.password(),
        beside.place());
  }

  static void execute(String sql, String database) throws SQLException, IOException {
    StoreStatus status = Stores.embedded(SharedStores.SETTINGS).status();
    PostgresAccess access = status.postgres().orElseThrow();
    Properties secrets = new Properties();
    try (Reader file =
        Files.newBufferedReader(status.postgresFolder().resolve("access.properties"))) {
      secrets.load(file);
    }
    String url = "jdbc:postgresql://127.0.0.1:" + access.port() + "/" + database;
    try (Connection connection =
            DriverManager.getConnection(url, "postgres", secrets.getProperty("postgres.password"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
