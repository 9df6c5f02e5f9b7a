package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.store.embedded.PostgresAccess;
import dev.nightjar.store.live.LiveStream;
import dev.nightjar.store.schema.SchemaMigration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoresIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @Test
  void theServerIsDurableAndListensOnLoopbackOnly() {
    assertEquals("on", setting("fsync"));
    assertEquals("on", setting("synchronous_commit"));
    assertEquals("on", setting("full_page_writes"));
    assertEquals("on", setting("data_checksums"));
    assertEquals("127.0.0.1", setting("listen_addresses"));
    assertEquals("scram-sha-256", setting("password_encryption"));
    assertEquals("UTF8", setting("server_encoding"));
  }

  @Test
  void foldersAndPasswordsAreClosedToOthers() throws Exception {
    Path home = Stores.embedded(SharedStores.SETTINGS).status().postgresFolder();
    assertEquals("rwx------", mode(home));
    assertEquals("rwx------", mode(home.resolve("data")));
    assertEquals("rw-------", mode(home.resolve("access.properties")));
  }

  @Test
  void ownerIsNoSuperuser() {
    assertEquals("off", setting("is_superuser"));
  }

  @Test
  void aSecondOpeningFindsTheSameServer() {
    long before = running().pid();
    try (Stores second = Stores.open(SharedStores.SETTINGS)) {
      assertEquals(shared.database().place(), second.database().place());
    }
    assertEquals(before, running().pid());
  }

  @Test
  void redisAnswers() {
    assertTrue(
        shared.stores().redis().isPresent(), () -> shared.stores().redisAbsence().toString());
    LiveStream redis = shared.stores().redis().orElseThrow();
    redis.cache("does it answer", "yes", Duration.ofMinutes(1));
    assertEquals(Optional.of("yes"), redis.cached("does it answer"));
    long pid = Stores.embedded(SharedStores.SETTINGS).status().redis().orElseThrow().pid();
    assertTrue(ProcessHandle.of(pid).orElseThrow().isAlive());
  }

  @Test
  void migrationsListedAreThoseInTheFolder() throws Exception {
    Path folder = Path.of("src/main/resources/dev/nightjar/store/migrations");
    try (var files = Files.list(folder)) {
      Set<String> names =
          files
              .map(file -> file.getFileName().toString())
              .collect(java.util.stream.Collectors.toSet());
      assertEquals(Set.copyOf(SchemaMigration.MIGRATIONS), names);
    }
  }

  @Test
  void passwordsAreNotInWhatIsPrinted() {
    PostgresAccess access = running();
    assertFalse(access.toString().contains(access.ownerPassword()));
    assertFalse(shared.database().place().contains(access.ownerPassword()));
  }

  private static PostgresAccess running() {
    return Stores.embedded(SharedStores.SETTINGS).status().postgres().orElseThrow();
  }

  private static String setting(String name) {
    return shared
        .database()
        .read(
            "asking",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("show " + name)) {
                row.next();
                return row.getString(1);
              }
            });
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
