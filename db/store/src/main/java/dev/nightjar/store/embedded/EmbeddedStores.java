package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.folder.FileLease;
import dev.nightjar.store.embedded.folder.FolderOwner;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import dev.nightjar.store.embedded.folder.ServerUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts, finds and stops the stores that Nightjar brings along. */
public final class EmbeddedStores {
  private final Path dataFolder;
  private final Path cacheFolder;
  private final Duration idleTime;
  private final EmbeddedRedis redis;

  public EmbeddedStores(Path dataFolder, Path cacheFolder, Duration idleTime) {
    this.dataFolder = dataFolder;
    this.cacheFolder = cacheFolder;
    this.idleTime = idleTime;
    this.redis = new EmbeddedRedis(dataFolder, cacheFolder);
  }

  /** Says until closed that the stores are in use, so that the watcher leaves them up. */
  public Use use() {
    requireOwnFolders();
    PrivateFolder.create(dataFolder);
    PrivateFolder.closeToOthers(dataFolder);
    FileLease lease = FileLease.shared(leaseFile());
    markUsed();
    IdleWatcher.ensureRunning(dataFolder, cacheFolder, idleTime);
    return () -> {
      markUsed();
      lease.close();
    };
  }

  /** PostgreSQL, started if it was not running. The caller holds {@link #use}. */
  public PostgresAccess postgres() {
    EmbeddedPostgres postgres = postgresServer();
    Optional<PostgresAccess> running = postgres.running();
    if (running.isPresent()) {
      return running.get();
    }
    try (FileLease _ = FileLease.exclusive(startLock())) {
      return postgres.start();
    }
  }

  /**
   * Starts PostgreSQL if it has crashed; one that was stopped stays so, as that was somebody's
   * will. The caller holds {@link #use}.
   */
  public void reviveAfterCrash() {
    if (!postgresServer().hasCrashed()) {
      return;
    }
    try (FileLease _ = FileLease.exclusive(startLock())) {
      EmbeddedPostgres postgres = postgresServer();
      if (postgres.hasCrashed()) {
        postgres.start();
      }
    }
  }

  /** Redis, started if it was not running. The caller holds {@link #use}. */
  public RedisAccess redis() {
    Optional<RedisAccess> running = redis.running();
    if (running.isPresent()) {
      return running.get();
    }
    try (FileLease _ = FileLease.exclusive(startLock())) {
      return redis.start();
    }
  }

  /** What runs, and where. */
  public StoreStatus status() {
    EmbeddedPostgres postgres = postgresServer();
    Path folder = postgres.homeFolder();
    return new StoreStatus(
        postgres.running(),
        folder,
        Files.isDirectory(folder) ? PrivateFolder.sizeBytes(folder) : 0,
        redis.running(),
        Files.isDirectory(dataFolder) && IdleWatcher.isRunning(dataFolder));
  }

  /**
   * Stops both.
   *
   * @param evenIfUsed end the sessions of other processes instead of refusing
   */
  public void stop(boolean evenIfUsed) {
    if (!Files.isDirectory(dataFolder)) {
      return;
    }
    requireOwnFolders();
    Optional<FileLease> unused = FileLease.tryExclusive(leaseFile());
    if (unused.isEmpty() && !evenIfUsed) {
      throw new Failure.Unavailable(
          "another nightjar is using the stores in "
              + dataFolder
              + ": wait for it to end, or stop them in spite of it with --force");
    }
    try {
      stopServers();
    } finally {
      unused.ifPresent(FileLease::close);
    }
  }

  /** Before anything in them is touched. */
  private void requireOwnFolders() {
    for (Path folder : List.of(dataFolder, cacheFolder)) {
      if (!folder.isAbsolute()) {
        throw new Failure.Misuse(
            "the embedded stores would be kept in '"
                + folder
                + "', a place in whatever folder this is called from: set HOME to an absolute path,"
                + " or XDG_DATA_HOME and XDG_CACHE_HOME");
      }
      FolderOwner.other(folder)
          .ifPresent(owner -> {
            throw new Failure.Unavailable(
                "the folder "
                    + folder
                    + " belongs to "
                    + owner
                    + ", not to the user this runs as, and would be spoilt for them: run it as "
                    + owner
                    + ", or with a HOME of this user's own");
          });
    }
  }

  /** Stops both and starts PostgreSQL again. The caller does not hold {@link #use}. */
  public PostgresAccess restart(boolean evenIfUsed) {
    stop(evenIfUsed);
    try (Use _ = use()) {
      return postgres();
    }
  }

  /** Stops both while nobody can start them. */
  void stopServers() {
    try (FileLease _ = FileLease.exclusive(startLock())) {
      postgresServer().stop();
      redis.stop();
    }
  }

  /** Whether a server runs at all. */
  boolean isAnyRunning() {
    return postgresServer().pid().isPresent() || redis.running().isPresent();
  }

  /** Sessions of clients of either server, whoever they belong to. */
  int clients() {
    EmbeddedPostgres postgres = postgresServer();
    return postgres.clients() + redis.clients();
  }

  /** Says that the stores were in use just now; the watcher counts idle time from here. */
  void markUsed() {
    try {
      PrivateFolder.createFile(lastUseFile());
      Files.setLastModifiedTime(lastUseFile(), FileTime.fromMillis(System.currentTimeMillis()));
    } catch (IOException e) {
      throw lastUseUnknown(e);
    }
  }

  /** Time since the stores were last known to be in use. */
  long idleMillis() {
    try {
      return System.currentTimeMillis() - Files.getLastModifiedTime(lastUseFile()).toMillis();
    } catch (IOException e) {
      throw lastUseUnknown(e);
    }
  }

  private Failure lastUseUnknown(IOException cause) {
    return new Failure.Unavailable(
        "the file "
            + lastUseFile()
            + " cannot be used ("
            + cause.getMessage()
            + "): make its folder writable, or point XDG_DATA_HOME to a folder that is",
        cause);
  }

  /** Not the lease: whoever sets a file's time opens and closes it, which drops its locks. */
  private Path lastUseFile() {
    return dataFolder.resolve("stores.last-use");
  }

  Path leaseFile() {
    return dataFolder.resolve("stores.lease");
  }

  private Path startLock() {
    return dataFolder.resolve("stores.lock");
  }

  /** That the stores are in use, until closed. */
  @FunctionalInterface
  public interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /** Made when needed, as finding the server's user costs root a process. */
  private EmbeddedPostgres postgresServer() {
    return new EmbeddedPostgres(dataFolder, cacheFolder, ServerUser.current());
  }
}
