package dev.nightjar.cli.doctor;

import dev.nightjar.model.Failure;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks of the stores; the embedded ones are looked at and never started. */
final class StoreChecks {
  /** Of which none is asked where only the database is. */
  private static final String NO_REDIS = "redis://127.0.0.1:1";

  private StoreChecks() {}

  /** How the database and Redis stand, and what the database knows of the last run. */
  static List<Finding> all(StoreSettings settings, Settings of) {
    List<Finding> findings = new ArrayList<>();
    StoreStatus status = Stores.embedded(settings).status();
    if (settings.hasEmbeddedDatabase()) {
      findings.add(
          Finding.live(
              "PostgreSQL",
              "embedded, "
                  + status
                      .postgres()
                      .map(access -> "running on 127.0.0.1:" + access.port())
                      .orElse("stopped; the first command that needs it starts it")));
    }
    if (!settings.hasEmbeddedDatabase() || status.postgres().isPresent()) {
      database(settings, of, findings);
    }
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

  /** One that runs already. */
  private static void database(StoreSettings settings, Settings of, List<Finding> findings) {
    boolean isOwn = !settings.hasEmbeddedDatabase();
    StoreSettings alone = settings.withUrls(settings.databaseUrl(), NO_REDIS);
    try (Stores stores = Stores.open(isOwn ? alone : settings)) {
      if (isOwn) {
        findings.add(Finding.live("PostgreSQL", "yours, at " + stores.database().place()));
        findings.add(reader(stores));
      }
      RunChecks.last(stores.database(), of, Instant.now()).ifPresent(findings::add);
    } catch (Failure e) {
      findings.add(
          Finding.problem(
              "PostgreSQL",
              String.valueOf(e.getMessage()),
              isOwn ? "check NIGHTJAR_DATABASE_URL and the server" : "see 'nightjar db status'"));
    }
  }

  /** Without one, people's own queries are refused, and nothing else. */
  private static Finding reader(Stores stores) {
    try {
      stores.database().queries().run("select 1", Duration.ofSeconds(10), 1);
      return Finding.live("queries", "run as a role that reads the public views only");
    } catch (Failure e) {
      return Finding.absent(
          "queries", String.valueOf(e.getMessage()), "db/README.md has the statements for it");
    }
  }
}
