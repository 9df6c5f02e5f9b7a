package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.StoreStatus;
import dev.nightjar.store.query.NamedQuery;
import dev.nightjar.store.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Servers that somebody else runs, of which Nightjar has an ordinary role and a database. */
class OwnServersIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @TempDir Path folder;

  private final String name = "night_" + UUID.randomUUID().toString().replace("-", "");

  @BeforeEach
  void makeADatabase() throws Exception {
    asSuperuser("create role " + name + " login password 'p%ss w@rd'");
    asSuperuser("create database " + name + " owner " + name);
  }

  @AfterEach
  void dropIt() throws Exception {
    asSuperuser("drop database " + name + " with (force)");
    asSuperuser("drop role " + name);
  }

  @Test
  void areUsedAndNoEmbeddedOneIsTouched() {
    try (Stores stores = Stores.open(settings(url()))) {
      assertTrue(stores.redis().isPresent(), () -> stores.redisAbsence().toString());
      QueryResult runs =
          stores.database().queries().runOurs(NamedQuery.HISTORY.sql(), Duration.ofSeconds(9), 9);
      assertEquals(0, runs.rows().size());
      assertFalse(stores.database().place().contains("rd"));
    }
    assertFalse(Files.exists(folder.resolve("data")), "an embedded store was made");
    assertFalse(Files.exists(folder.resolve("cache")), "a program was unpacked");
  }

  @Test
  void aDatabaseOfANewerNightjarIsRefusedAndLeftAlone() throws Exception {
    Stores.open(settings(url())).close();
    change("update nightjar.schema_stamp set version = version + 1");
    Failure refusal = assertThrows(Failure.Unavailable.class, () -> Stores.open(settings(url())));
    assertTrue(refusal.getMessage().contains("use the newer Nightjar"), refusal.getMessage());
    change("update nightjar.schema_stamp set version = version - 1");
    Stores.open(settings(url())).close();
  }

  @Test
  void aWrongPasswordIsNamedWithoutIt() {
    String wrong = url().replace("p%25ss", "wr0ng");
    Failure refusal = assertThrows(Failure.class, () -> Stores.open(settings(wrong)));
    assertTrue(
        refusal.getMessage().contains("127.0.0.1:" + status().postgres().orElseThrow().port()),
        refusal.getMessage());
    assertFalse(refusal.getMessage().contains("wr0ng"), refusal.getMessage());
  }

  private StoreSettings settings(String databaseUrl) {
    var redis = status().redis().orElseThrow();
    return new StoreSettings(
        databaseUrl,
        "redis://:" + redis.password() + "@127.0.0.1:" + redis.port(),
        folder.resolve("data"),
        folder.resolve("cache"),
        Duration.ofMinutes(10));
  }

  private String url() {
    return "postgresql://%s:p%%25ss%%20w%%40rd@127.0.0.1:%d/%s"
        .formatted(name, status().postgres().orElseThrow().port(), name);
  }

  private static StoreStatus status() {
    shared.stores().redis();
    return Stores.embedded(SharedStores.SETTINGS).status();
  }

  private void change(String sql) throws SQLException, IOException {
    Superuser.execute(sql, name);
  }

  private static void asSuperuser(String sql) throws SQLException, IOException {
    Superuser.execute(sql, "postgres");
  }
}
