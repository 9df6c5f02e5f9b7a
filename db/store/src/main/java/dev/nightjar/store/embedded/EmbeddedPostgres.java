package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
      max_connections = 60
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

  private final Path homeFolder;
  private final BundledPrograms programs;
  private final ServerUser user;
  private final Platform platform;

  EmbeddedPostgres(Path dataFolder, Path cacheFolder, ServerUser user) {
    this.user = user;
    this.homeFolder = user.reachable(dataFolder).resolve(FOLDER);
    this.platform = Platform.current();
    this.programs = new BundledPrograms(user.reachable(cacheFolder), platform);
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
      Optional<PostmasterFile> server = PostmasterFile.ofLiving(data());
      Secrets secrets = secrets();
      return server.isPresent() && server.get().isReady() && secrets.has("prepared")
          ? Optional.of(access(server.get(), secrets))
          : Optional.empty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /** The process of the server, whether it takes connections or not. */
  Optional<Long> pid() {
    try {
      return Files.isDirectory(data())
          ? PostmasterFile.ofLiving(data()).map(PostmasterFile::pid)
          : Optional.empty();
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
      Secrets secrets = secrets();
      Path bin = programs.postgres().resolve("bin");
      user.own(bin.resolve("../..").normalize()); // the folder above too, which is closed to others
      if (!Files.isDirectory(data())) {
        initialise(bin, secrets);
      }
      launch(bin, secrets);
      PostmasterFile server =
          PostmasterFile.ofLiving(data())
              .orElseThrow(() -> new IOException("it ended right after its start"));
      if (!secrets.has("prepared")) {
        PostgresPreparation.prepare(server.port(), secrets);
        secrets.keep("prepared", "yes");
      }
      return access(server, secrets);
    } catch (IOException e) {
      throw unusable("started", e);
    }
  }

  /** Stops it, having ended its sessions. The caller holds the start lock. */
  void stop() {
    try {
      if (!Files.isDirectory(data()) || PostmasterFile.ofLiving(data()).isEmpty()) {
        return;
      }
      Path bin = programs.postgres().resolve("bin");
      List<String> command =
          List.of(program(bin, "pg_ctl"), "stop", "-D", "data", "-m", "fast", "-w", "-t", "60");
      ServerCommand.run(
          user.command(command), homeFolder, homeFolder.resolve("stop.log"), START_LIMIT);
    } catch (IOException e) {
      throw unusable("stopped", e);
    } catch (ServerCommand.FailedException e) {
      throw unusable("stopped", e);
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
   * Makes the database under another name and renames it. Checksums of pages are on; the locale is
   * the server's own C.UTF-8, which sorts alike on every machine and under every C library.
   */
  private void initialise(Path bin, Secrets secrets) throws IOException {
    PrivateFolder.deleteLeftovers(homeFolder, "data.new");
    Path half = homeFolder.resolve("data.new");
    Path password = homeFolder.resolve("password.new");
    PrivateFolder.write(password, secrets.password("postgres") + "\n");
    user.own(homeFolder);
    try {
      ServerCommand.run(
          user.command(initdb(bin)),
          homeFolder,
          homeFolder.resolve("initdb.log"),
          INITIALISATION_LIMIT);
      Files.writeString(
          half.resolve("postgresql.conf"),
          "include_if_exists = 'nightjar.conf'\n",
          java.nio.file.StandardOpenOption.APPEND);
      PrivateFolder.move(half, data());
    } catch (ServerCommand.FailedException e) {
      PrivateFolder.delete(half);
      throw unusable("set up", e);
    } finally {
      Files.deleteIfExists(password);
    }
  }

  private List<String> initdb(Path bin) {
    return List.of(
        program(bin, "initdb"),
        "--pgdata=data.new",
        "--username=postgres",
        "--pwfile=password.new",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--data-checksums");
  }

  private void launch(Path bin, Secrets secrets) throws IOException {
    Path settings = data().resolve("nightjar.conf");
    PrivateFolder.write(settings, SETTINGS);
    user.own(data());
    removeForeignPid();
    trimLog();
    for (int attempt = 1; ; attempt++) {
      int port = LoopbackPort.free(secrets.port());
      try {
        ServerCommand.run(
            user.command(pgCtlStart(bin, port)),
            homeFolder,
            homeFolder.resolve("start.log"),
            START_LIMIT);
        secrets.keepPort(port);
        return;
      } catch (ServerCommand.FailedException e) {
        if (attempt == START_ATTEMPTS) {
          throw notStarted();
        }
        secrets.keepPort(0); // somebody may have taken the port between the look and the start
      }
    }
  }

  private List<String> pgCtlStart(Path bin, int port) {
    if (QUOTED_BY_SHELL.matcher(bin.toString()).find()) {
      throw new Failure.Unavailable(
          "pg_ctl cannot start a program in " + bin + ": point XDG_CACHE_HOME to a plainer path");
    }
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
   * PostgreSQL refuses to start when the process named in a left-behind file is alive and could be
   * a server. After a reboot that can be any process; but as long as one works in the data folder
   * (a backend whose postmaster was killed), the file stays and PostgreSQL decides.
   */
  private void removeForeignPid() throws IOException {
    Optional<PostmasterFile> left = PostmasterFile.read(data());
    if (left.isPresent()
        && ProcessHandle.of(left.get().pid()).isPresent()
        && ProcessHandle.allProcesses().noneMatch(this::worksInData)) {
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    }
  }

  private boolean worksInData(ProcessHandle process) {
    try {
      return PostmasterFile.isServer(process.pid(), data());
    } catch (IOException e) {
      return false; // ended meanwhile
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

  private Path data() {
    return homeFolder.resolve("data");
  }

  private String program(Path bin, String name) {
    return bin.resolve(platform.program(name)).toString();
  }
}
