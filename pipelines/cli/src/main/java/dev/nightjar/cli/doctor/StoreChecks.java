package dev.nightjar.cli.doctor;

import dev.nightjar.model.Failure;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.StoreStatus;
import java.util.ArrayList;
import java.util.List;

/** Checks of the stores; the embedded ones are looked at and never started. */
final class StoreChecks {
  private StoreChecks() {}

  /** How the database and Redis stand. */
  static List<Finding> all(StoreSettings settings) {
    List<Finding> findings = new ArrayList<>();
    StoreStatus status = Stores.embedded(settings).status();
    findings.add(
        settings.hasEmbeddedDatabase()
            ? Finding.live(
                "PostgreSQL",
                "embedded, "
                    + status
                        .postgres()
                        .map(access -> "running on 127.0.0.1:" + access.port())
                        .orElse("stopped; the first command that needs it starts it"))
            : external(settings));
    findings.add(
        settings.hasEmbeddedRedis()
            ? Finding.live(
                "Redis",
                "embedded, "
                    + status
                        .redis()
                        .map(access -> "running on 127.0.0.1:" + access.port())
                        .orElse("stopped; the first command that needs it starts it"))
            : externalRedis(settings));
    return findings;
  }

  /** Its absence stops nothing but the live stream, which somebody asked for by naming it. */
  private static Finding externalRedis(StoreSettings settings) {
    try {
      Stores.requireRedis(settings);
      return Finding.live("Redis", "yours, it answers");
    } catch (Failure e) {
      return Finding.problem(
          "Redis", String.valueOf(e.getMessage()), "check NIGHTJAR_REDIS_URL and the server");
    }
  }

  private static Finding external(StoreSettings settings) {
    try (Stores stores = Stores.open(settings)) {
      return Finding.live("PostgreSQL", "yours, at " + stores.database().place());
    } catch (Failure e) {
      return Finding.problem(
          "PostgreSQL",
          String.valueOf(e.getMessage()),
          "check NIGHTJAR_DATABASE_URL and the server");
    }
  }
}
