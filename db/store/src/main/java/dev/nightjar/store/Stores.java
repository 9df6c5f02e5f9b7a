package dev.nightjar.store;

import dev.nightjar.model.Failure;
import dev.nightjar.store.archive.ArchiveProgress;
import dev.nightjar.store.archive.DatabaseImport;
import dev.nightjar.store.embedded.EmbeddedStores;
import dev.nightjar.store.embedded.PostgresAccess;
import dev.nightjar.store.embedded.RedisAccess;
import dev.nightjar.store.live.LiveStream;
import dev.nightjar.store.sql.DatabaseAddress;
import dev.nightjar.store.sql.ReaderLogin;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stores a process uses, for as long as this is open. The database is there when {@link #open}
 * returns; Redis is looked for when it is first asked for, and may be absent.
 */
public final class Stores implements AutoCloseable {
  private final StoreSettings settings;
  private final EmbeddedStores embedded;
  private final EmbeddedStores.@Nullable Use use;
  private final Database database;
  private @Nullable LiveStream redis;
  private @Nullable String redisAbsence;

  private Stores(
      StoreSettings settings,
      EmbeddedStores embedded,
      EmbeddedStores.@Nullable Use use,
      Database database) {
    this.settings = settings;
    this.embedded = embedded;
    this.use = use;
    this.database = database;
  }

  /**
   * Opens the stores, starting the embedded ones where needed, and brings the schema up to date.
   *
   * @throws Failure when they cannot be had
   */
  public static Stores open(StoreSettings settings) {
    EmbeddedStores embedded = embedded(settings);
    boolean needsEmbedded = settings.hasEmbeddedDatabase() || settings.hasEmbeddedRedis();
    EmbeddedStores.Use use = needsEmbedded ? embedded.use() : null;
    try {
      return new Stores(settings, embedded, use, openDatabase(settings, embedded));
    } catch (RuntimeException e) {
      if (use != null) {
        use.close();
      }
      throw e;
    }
  }

  /** The embedded stores of these settings, to ask for their status, stop or restart them. */
  public static EmbeddedStores embedded(StoreSettings settings) {
    return new EmbeddedStores(settings.dataFolder(), settings.cacheFolder(), settings.idleTime());
  }

  /**
   * Asks the Redis of these settings, which is not the embedded one, for a sign of life.
   *
   * @throws Failure when it gives none
   */
  public static void requireRedis(StoreSettings settings) {
    LiveStream.open(settings.redisUrl()).close();
  }

  /** What is kept. */
  public Database database() {
    return database;
  }

  /** What is passed on live; absent when there is no Redis, which stops nothing. */
  public synchronized Optional<LiveStream> redis() {
    if (redis == null && redisAbsence == null) {
      try {
        redis = openRedis();
      } catch (Failure e) {
        redisAbsence = e.getMessage();
      }
    }
    return Optional.ofNullable(redis);
  }

  /** Why {@link #redis} is absent. */
  public synchronized Optional<String> redisAbsence() {
    return redis().isPresent() ? Optional.empty() : Optional.ofNullable(redisAbsence);
  }

  @Override
  public synchronized void close() {
    if (redis != null) {
      redis.close();
    }
    database.close();
    if (use != null) {
      use.close();
    }
  }

  private static Database openDatabase(StoreSettings settings, EmbeddedStores embedded) {
    if (!settings.hasEmbeddedDatabase()) {
      return Database.open(DatabaseAddress.parse(settings.databaseUrl()), settings.reader());
    }
    PostgresAccess access = embedded.postgres();
    return Database.open(owner(access), reader(access), embedded::reviveAfterCrash);
  }

  private static DatabaseAddress owner(PostgresAccess access) {
    return new DatabaseAddress(
        access.url(), PostgresAccess.OWNER, access.ownerPassword(), "127.0.0.1:" + access.port());
  }

  private static ReaderLogin reader(PostgresAccess access) {
    return ReaderLogin.embedded(PostgresAccess.READER, access.readerPassword());
  }

  /**
   * Takes an export into the database of these settings, in which nothing is kept yet.
   *
   * @param source what the stream comes from, for people
   * @return the rows of each table
   * @throws Failure.Misuse when the stream is no whole export, or the database keeps something
   */
  public static Map<String, Long> importInto(
      StoreSettings settings, InputStream in, String source, ArchiveProgress progress) {
    if (!settings.hasEmbeddedDatabase()) {
      DatabaseAddress address = DatabaseAddress.parse(settings.databaseUrl());
      return DatabaseImport.read(
          address, settings.reader(), in, source, progress, DatabaseImport.Check.NONE);
    }
    EmbeddedStores embedded = embedded(settings);
    try (EmbeddedStores.Use _ = embedded.use()) {
      PostgresAccess access = embedded.postgres();
      return DatabaseImport.read(
          owner(access), reader(access), in, source, progress, DatabaseImport.Check.NONE);
    }
  }

  private LiveStream openRedis() {
    if (!settings.hasEmbeddedRedis()) {
      return LiveStream.open(settings.redisUrl());
    }
    RedisAccess access = embedded.redis();
    return LiveStream.open("redis://:" + access.password() + "@127.0.0.1:" + access.port());
  }
}
