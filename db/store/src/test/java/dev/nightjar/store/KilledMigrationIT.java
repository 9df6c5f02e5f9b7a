package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.store.schema.SchemaMigration;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database whose sessions all end in the midst of the migrations. */
class KilledMigrationIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @TempDir private Path folder;

  private final String name = "killed_" + UUID.randomUUID().toString().replace("-", "");
  private DatabaseAddress address = new DatabaseAddress("", null, null, "");

  @BeforeEach
  void makeIt() throws Exception {
    address = Superuser.database(name, shared.database().connections().address());
  }

  @AfterEach
  void dropIt() throws Exception {
    Superuser.execute("drop database if exists " + name + " with (force)", "postgres");
  }

  /** What a migration made and the row that says so: the moment between them is drawn out. */
  @Test
  void whoIsKilledAsAMigrationIsKeptLeavesAllOfItOrNothing() throws Exception {
    migrateTo(7);
    Superuser.execute(
        """
        create function nightjar.dawdle() returns trigger language plpgsql as
          $$ begin if new.version = '015' then perform pg_sleep(60); end if; return null; end $$;
        create constraint trigger dawdle after insert on nightjar.flyway_schema_history
          deferrable initially deferred for each row execute function nightjar.dawdle()
        """,
        name);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<?> first = executor.submit(() -> Database.open(address, null).close());
      while (number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 0) {
        assertFalse(first.isDone(), "it did not keep that migration");
        Thread.sleep(10);
      }
      Superuser.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
              + name
              + "' and pid <> pg_backend_pid()",
          name);
      ExecutionException ended = assertThrows(ExecutionException.class, first::get);
      assertTrue(ended.getCause() instanceof Failure, String.valueOf(ended.getCause()));
    }
    Superuser.execute("drop trigger dawdle on nightjar.flyway_schema_history", name);
    Database.open(address, null).close();
    assertEquals(1, number("select count(*) from nightjar.schema_stamp"));
    assertTrue(number("select count(*) from pg_views where schemaname = 'public'") > 20);
  }

  private void migrateTo(int version) throws IOException {
    for (String migration : SchemaMigration.MIGRATIONS) {
      if (migration.startsWith("V")
          && Integer.parseInt(migration.substring(1, migration.indexOf("__"))) <= version) {
        try (InputStream text =
            KilledMigrationIT.class.getResourceAsStream("migrations/" + migration)) {
          Files.copy(Objects.requireNonNull(text), folder.resolve(migration));
        }
      }
    }
    Flyway.configure()
        .dataSource(address.connections())
        .schemas("nightjar")
        .defaultSchema("nightjar")
        .createSchemas(true)
        .locations("filesystem:" + folder)
        .load()
        .migrate();
  }

  @Test
  void aSchemaThatIsNotAsItsVersionSaysIsRefusedWithASentence() throws Exception {
    Database.open(address, null).close();
    Superuser.execute(
        "delete from nightjar.flyway_schema_history where version = '050'; update"
            + " nightjar.schema_stamp set version = 1",
        name);
    Failure.Unavailable refused =
        assertThrows(Failure.Unavailable.class, () -> Database.open(address, null));
    assertTrue(
        refused.getMessage().contains("is not one that this Nightjar can bring up to date"),
        refused.getMessage());
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = Connections.single(address).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
