package dev.nightjar.store;

import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.ReaderLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stores to use.
 *
 * @param databaseUrl {@value #EMBEDDED}, {@code jdbc:postgresql://…} or {@code postgresql://…}
 * @param redisUrl {@value #EMBEDDED}, {@code redis://…} or {@code rediss://…}
 * @param dataFolder where embedded stores keep their data
 * @param cacheFolder where their programs are unpacked
 * @param idleTime how long embedded stores stay up when nobody uses them
 * @param reader the role as which people's queries run on a server of their own; null for one that
 *     Nightjar makes if it may
 */
public record StoreSettings(
    String databaseUrl,
    String redisUrl,
    Path dataFolder,
    Path cacheFolder,
    Duration idleTime,
    @Nullable ReaderLogin reader) {
  /** The word for the stores that Nightjar brings along. */
  public static final String EMBEDDED = "embedded";

  private static final String READER_USER = "NIGHTJAR_READER_USER";
  private static final String READER_PASSWORD = "NIGHTJAR_READER_PASSWORD";
  private static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(15);

  public StoreSettings {
    if (idleTime.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new Failure.Misuse(
          "the idle time of the embedded stores is " + idleTime + ": give at least one second");
    }
  }

  /** Those that name no reader. */
  public StoreSettings(
      String databaseUrl, String redisUrl, Path dataFolder, Path cacheFolder, Duration idleTime) {
    this(databaseUrl, redisUrl, dataFolder, cacheFolder, idleTime, null);
  }

  /** What the environment says, each variable with its documented default. */
  public static StoreSettings fromEnvironment(Map<String, String> environment) {
    return new StoreSettings(
        orDefault(environment, "NIGHTJAR_DATABASE_URL", EMBEDDED),
        orDefault(environment, "NIGHTJAR_REDIS_URL", EMBEDDED),
        folder(environment, "XDG_DATA_HOME", ".local/share"),
        folder(environment, "XDG_CACHE_HOME", ".cache"),
        idleTime(environment.get("NIGHTJAR_STORE_IDLE_MINUTES")),
        reader(environment));
  }

  /** The same but for the servers' addresses. */
  public StoreSettings withUrls(String database, String redis) {
    return new StoreSettings(database, redis, dataFolder, cacheFolder, idleTime, reader);
  }

  /** Whether the database is the one that Nightjar brings along. */
  public boolean hasEmbeddedDatabase() {
    return databaseUrl.equals(EMBEDDED);
  }

  /** Whether Redis is the one that Nightjar brings along. */
  public boolean hasEmbeddedRedis() {
    return redisUrl.equals(EMBEDDED);
  }

  private static @Nullable ReaderLogin reader(Map<String, String> environment) {
    String user = orDefault(environment, READER_USER, "");
    String password = environment.getOrDefault(READER_PASSWORD, "");
    if (user.isEmpty() != password.isEmpty()) {
      throw new Failure.Misuse(
          "%s and %s name one login and only one of them is set: set both, or neither"
              .formatted(READER_USER, READER_PASSWORD));
    }
    return user.isEmpty() ? null : ReaderLogin.named(user, password);
  }

  private static String orDefault(Map<String, String> environment, String name, String fallback) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? fallback : value.strip();
  }

  private static Path folder(Map<String, String> environment, String variable, String underHome) {
    String value = environment.get(variable);
    // The XDG specification: a relative path is invalid and to be ignored.
    if (value != null && Path.of(value).isAbsolute()) {
      return Path.of(value, "nightjar");
    }
    String home = orDefault(environment, "HOME", System.getProperty("user.home"));
    return Path.of(home, underHome, "nightjar");
  }

  private static Duration idleTime(@Nullable String minutes) {
    if (minutes == null || minutes.isBlank()) {
      return DEFAULT_IDLE_TIME;
    }
    try {
      return Duration.ofMinutes(Math.max(0, Long.parseLong(minutes.strip())));
    } catch (NumberFormatException e) {
      throw new Failure.Misuse(
          "NIGHTJAR_STORE_IDLE_MINUTES is '" + minutes + "': give a whole number of minutes", e);
    }
  }
}
