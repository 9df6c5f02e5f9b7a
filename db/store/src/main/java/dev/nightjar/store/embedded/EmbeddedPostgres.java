package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import dev.nightjar.store.embedded.folder.Secrets;
import dev.nightjar.store.embedded.folder.ServerUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * The PostgreSQL that Nightjar brings along: durable, closed to others, shared by all processes of
 * its user, and outliving the one that started it.
 *
 * <p>{@code pg_ctl} gives the server a session of its own, so neither the end of its starter nor
 * Ctrl-C in a terminal reaches it. Its folder appears by a rename, so a killed {@code initdb}
 * leaves nothing that looks like a database.
 */
final class EmbeddedPostgres {
  static final String FOLDER = "postgresql-18";
  private static final Duration INITIALISATION_LIMIT = Duration.ofMinutes(3);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int START_ATTEMPTS = 3;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final long LOG_LIMIT_BYTES = 8 << 20;
  private static final Pattern QUOTED_BY_SHELL = Pattern.compile("[\"$`\\\\\n]");

  /**
   * Read at every start. Durable first; then modest, as it shares the machine with what is
   * measured. Logged are failures of the server, not those of statements, which would carry data.
   */
  private static final String SETTINGS =
      """
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      password_encryption = 'scram-sha-256'
      max_connections = 240
      shared_buffers = 128MB
      work_mem = 16MB
      maintenance_work_mem = 64MB
      max_wal_size = 1GB
      huge_pages = off
      jit = off
      max_parallel_workers_per_gather = 0
      autovacuum_max_workers = 2
      client_connection_check_interval = 10s
      log_min_messages = warning
      log_min_error_statement = panic
      log_timezone = 'UTC'
      timezone = 'UTC'
      """;

  /**
   * Name and value of the mark that {@link PostgresPreparation} has been through; another value
   * lets it go through once more.
   */
  private static final String PREPARED = "prepared";

  private static final String PREPARATION = "with limits for readers";

  /** How the names of databases begin that are not yet whole. */
  private static final String HALF = "data.new";

  private final Path homeFolder;
  private final BundledPrograms programs;
  private final ServerUser user;
  private final Platform platform;
  private final ServerProcesses processes;

  EmbeddedPostgres(Path dataFolder, Path cacheFolder, ServerUser user) {
    this.user = user;
    this.homeFolder = user.reachable(dataFolder).resolve(FOLDER);
    this.platform = Platform.current();
    this.programs = new BundledPrograms(user.reachable(cacheFolder), platform);
    this.processes = new ServerProcesses(data(), "postgres", user);
  }

  /** Its folder. */
  Path homeFolder() {
    return homeFolder;
  }

  /** How to reach it if it runs and takes connections. */
  Optional<PostgresAccess> running() {
    try {
      if (!Files.isDirectory(data())) {
        return Optional.empty();
      }
      Optional<PostmasterFile> server = living();
      Secrets secrets = secrets();
      return server.isPresent() && server.get().isReady() && isPrepared(secrets)
          ? Optional.of(access(server.get(), secrets))
          : Optional.empty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /** The process of the server, whether it takes connections or not. */
  Optional<Long> pid() {
    try {
      return Files.isDirectory(data()) ? living().map(PostmasterFile::pid) : Optional.empty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /** Whether it has ended without putting its things away, as one that is stopped does. */
  boolean hasCrashed() {
    try {
      return PostmasterFile.read(data()).isPresent() && living().isEmpty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /** Starts it if it does not run. The caller holds the start lock. */
  PostgresAccess start() {
    Optional<PostgresAccess> adopted = running();
    if (adopted.isPresent()) {
      return adopted.get();
    }
    try {
      makeHome();
      PrivateFolder.deleteLeftovers(homeFolder, HALF);
      Secrets secrets = secrets();
      Path bin = programs.postgres().resolve("bin");
      requireUsable(bin);
      user.own(bin.resolve("../..").normalize()); // the folder above too, which is closed to others
      if (!Files.isDirectory(data())) {
        initialise(bin, secrets);
      }
      PostmasterFile server = adoptOrLaunch(bin, secrets);
      if (!isPrepared(secrets)) {
        PostgresPreparation.prepare(server.port(), secrets);
        secrets.keep(PREPARED, PREPARATION);
      }
      return access(server, secrets);
    } catch (IOException e) {
      throw unusable("started", e);
    }
  }

  /**
   * Stops it, having ended its sessions. Where it cannot write its last checkpoint, as on a full
   * disk, it stops without; the next start makes up for it. The caller holds the start lock.
   */
  void stop() {
    try {
      if (Files.isDirectory(data()) && !hasStopped("fast") && !hasStopped("immediate")) {
        throw new IOException(ServerCommand.tail(homeFolder.resolve("stop.log")));
      }
    } catch (IOException e) {
      throw unusable("stopped", e);
    }
  }

  private boolean hasStopped(String mode) throws IOException {
    if (living().isEmpty()) {
      return true;
    }
    Path bin = programs.postgres().resolve("bin");
    List<String> command =
        List.of(program(bin, "pg_ctl"), "stop", "-D", "data", "-m", mode, "-w", "-t", "60");
    try {
      ServerCommand.run(
          user.command(command), homeFolder, homeFolder.resolve("stop.log"), START_LIMIT);
      return true;
    } catch (ServerCommand.FailedException e) {
      return living().isEmpty(); // it may have ended by itself meanwhile
    }
  }

  /** What would fail later with words that help nobody. */
  private void requireUsable(Path bin) {
    if (QUOTED_BY_SHELL.matcher(bin.toString()).find()) {
      throw new Failure.Unavailable(
          "PostgreSQL cannot start a program in "
              + bin
              + ": point XDG_CACHE_HOME to a path without quotes, dollars and backslashes");
    }
    if (!Files.isExecutable(bin.resolve(platform.program("postgres")))) {
      throw new Failure.Unavailable(
          "programs may not be run from "
              + bin
              + " (is it mounted noexec?): point XDG_CACHE_HOME to a folder from which they may");
    }
  }

  private void makeHome() throws IOException {
    if (user == ServerUser.NOBODY) {
      Path top = homeFolder.resolve("../..").normalize();
      Files.createDirectories(top, PrivateFolder.permissions("rwx--x--x"));
    }
    PrivateFolder.create(homeFolder);
    user.own(homeFolder.resolve("..").normalize());
  }

  /**
   * Makes the database under a name that no other attempt has, as an initdb may outlive its
   * starter, and renames it. Checksums of pages are on; the locale is the server's own C.UTF-8,
   * which sorts alike on every machine and under every C library.
   */
  private void initialise(Path bin, Secrets secrets) throws IOException {
    Path half = Files.createTempDirectory(homeFolder, HALF, PrivateFolder.permissions("rwx------"));
    Path password = half.resolveSibling(half.getFileName() + ".password");
    try {
      PrivateFolder.write(password, secrets.password("postgres") + "\n");
      user.own(homeFolder);
      ServerCommand.run(
          user.command(initdb(bin, half, password)),
          homeFolder,
          homeFolder.resolve("initdb.log"),
          INITIALISATION_LIMIT);
      Files.writeString(
          half.resolve("postgresql.conf"),
          "include_if_exists = 'nightjar.conf'\n",
          java.nio.file.StandardOpenOption.APPEND);
      PrivateFolder.move(half, data());
    } catch (ServerCommand.FailedException e) {
      throw unusable("set up", e);
    } finally {
      PrivateFolder.deleteLeftovers(homeFolder, HALF);
    }
  }

  private List<String> initdb(Path bin, Path folder, Path password) {
    return List.of(
        program(bin, "initdb"),
        "--pgdata=" + folder.getFileName(),
        "--username=postgres",
        "--pwfile=" + password.getFileName(),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--data-checksums");
  }

  /**
   * The server that lives, as its starter may have been killed before it could use it, or a new
   * one.
   */
  private PostmasterFile adoptOrLaunch(Path bin, Secrets secrets) throws IOException {
    Optional<PostmasterFile> server = onceReady();
    if (server.isEmpty()) {
      launch(bin, secrets);
      server = onceReady();
    }
    PostmasterFile ready =
        server.orElseThrow(() -> new IOException("it ended right after its start"));
    if (ready.port() != secrets.port()) {
      secrets.keepPort(ready.port());
    }
    return ready;
  }

  /** The living server when it takes connections; none when there is none or it has ended. */
  private Optional<PostmasterFile> onceReady() throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    Optional<PostmasterFile> server = living();
    while (server.isPresent() && !server.get().isReady()) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "it has been starting or stopping for "
                + START_LIMIT.toSeconds()
                + " s; try again in a while, its log is "
                + homeFolder.resolve("server.log"));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      server = living();
    }
    return server;
  }

  private void launch(Path bin, Secrets secrets) throws IOException {
    PrivateFolder.write(data().resolve("nightjar.conf"), SETTINGS);
    user.own(data());
    clearRemains();
    trimLog();
    for (int attempt = 1; ; attempt++) {
      int port = LoopbackPort.free(secrets.port());
      try {
        ServerCommand.run(
            user.command(pgCtlStart(bin, port)),
            homeFolder,
            homeFolder.resolve("start.log"),
            START_LIMIT);
        return;
      } catch (ServerCommand.FailedException e) {
        if (living().isPresent()) {
          return; // it needs longer than pg_ctl waits, or one started by a killed process won
        }
        if (attempt == START_ATTEMPTS) {
          throw notStarted();
        }
        secrets.keepPort(0); // somebody may have taken the port between the look and the start
      }
    }
  }

  private List<String> pgCtlStart(Path bin, int port) {
    return List.of(
        program(bin, "pg_ctl"),
        "start",
        "-D",
        "data",
        "-w",
        "-t",
        "100",
        "-s",
        "-l",
        "server.log",
        "-o",
        "-p " + port);
  }

  /**
   * What a killed server leaves: backends that have not noticed yet, and a file that names it,
   * which may be torn. PostgreSQL would refuse to start for either, and for a number in the file
   * that any process has after a reboot.
   */
  private void clearRemains() throws IOException {
    processes.end();
    if (processes.all().isEmpty()) {
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    }
  }

  private void trimLog() throws IOException {
    Path log = homeFolder.resolve("server.log");
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      PrivateFolder.move(log, homeFolder.resolve("server.old.log"));
    }
  }

  private Failure notStarted() throws IOException {
    Path log = homeFolder.resolve("server.log");
    String said = Files.exists(log) ? ServerCommand.tail(log) : "it wrote no log";
    return new Failure.Unavailable(
        "the embedded PostgreSQL in "
            + homeFolder
            + " does not start: "
            + said
            + spaceLeft()
            + " (the whole log is "
            + log
            + ")");
  }

  private Failure unusable(String done, Exception cause) {
    return new Failure.Unavailable(
        "the embedded PostgreSQL in "
            + homeFolder
            + " cannot be "
            + done
            + ": "
            + cause.getMessage()
            + spaceLeft(),
        cause);
  }

  /** A disk that is nearly full is the likeliest reason for anything that fails here. */
  private String spaceLeft() {
    try {
      long megabytes = Files.getFileStore(homeFolder).getUsableSpace() >> 20;
      return megabytes < 200
          ? "; the disk has " + megabytes + " MB left, free 200 MB or point XDG_DATA_HOME elsewhere"
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  private PostgresAccess access(PostmasterFile server, Secrets secrets) throws IOException {
    return new PostgresAccess(
        server.pid(),
        server.port(),
        secrets.password(PostgresAccess.OWNER),
        secrets.password(PostgresAccess.READER));
  }

  private Secrets secrets() throws IOException {
    Path file = homeFolder.resolve("access.properties");
    if (Files.isDirectory(data()) && !Files.exists(file)) {
      throw new Failure.Unavailable(
          "the passwords of the embedded PostgreSQL are gone: put "
              + file
              + " back from a backup, or move "
              + homeFolder
              + " away to begin anew");
    }
    return Secrets.read(file);
  }

  /** Sessions of clients other than the one that asks. */
  int clients() {
    Optional<PostgresAccess> running = running();
    if (running.isEmpty()) {
      return 0;
    }
    try {
      return PostgresPreparation.clients(running.get().port(), secrets().password("postgres"));
    } catch (IOException e) {
      throw unusable("asked for its clients", e);
    }
  }

  private Optional<PostmasterFile> living() throws IOException {
    return PostmasterFile.ofLiving(data(), processes);
  }

  private static boolean isPrepared(Secrets secrets) {
    return secrets.holds(PREPARED, PREPARATION);
  }

  private Path data() {
    return homeFolder.resolve("data");
  }

  private String program(Path bin, String name) {
    return bin.resolve(platform.program(name)).toString();
  }
}
