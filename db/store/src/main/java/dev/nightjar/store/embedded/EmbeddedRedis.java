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
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The Redis that Nightjar brings along: loopback only, with a password, nothing on the disk, as
 * everything in it can be had again from PostgreSQL.
 */
final class EmbeddedRedis {
  private static final int ANSWER_MILLIS = 2_000;
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration LATE_LIMIT = Duration.ofSeconds(5);
  private static final int START_ATTEMPTS = 3;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Path homeFolder;
  private final BundledPrograms programs;
  private final ServerProcesses processes;

  EmbeddedRedis(Path dataFolder, Path cacheFolder) {
    this.homeFolder = dataFolder.resolve("redis");
    this.programs = new BundledPrograms(cacheFolder, Platform.current());
    this.processes = new ServerProcesses(homeFolder, "redis-server", ServerUser.ITSELF);
  }

  Path homeFolder() {
    return homeFolder;
  }

  /** How to reach it if it answers. */
  Optional<RedisAccess> running() {
    try {
      Secrets secrets = secrets();
      if (secrets.port() == 0 || !Files.exists(homeFolder.resolve("redis.pid"))) {
        return Optional.empty();
      }
      String password = secrets.password("redis");
      OptionalLong pid = answering(secrets.port(), password);
      return pid.isPresent()
          ? Optional.of(new RedisAccess(pid.getAsLong(), secrets.port(), password))
          : Optional.empty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /** Starts it if it does not run. The caller holds the start lock. */
  RedisAccess start() {
    Optional<RedisAccess> adopted = running();
    if (adopted.isPresent()) {
      return adopted.get();
    }
    PrivateFolder.create(homeFolder);
    try {
      Optional<RedisAccess> late = awaitLate();
      if (late.isPresent()) {
        return late.get();
      }
      processes.end(); // one that nobody can reach would stay for ever
      Secrets secrets = secrets();
      String program = RedisProgram.find(programs);
      for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
        Optional<RedisAccess> started = launch(program, secrets);
        if (started.isPresent()) {
          return started.get();
        }
        secrets.keepPort(0);
      }
      throw new IOException("it does not answer; its log is " + homeFolder.resolve("redis.log"));
    } catch (IOException e) {
      throw unusable("started", e);
    }
  }

  /** Stops it. The caller holds the start lock. */
  void stop() {
    Optional<RedisAccess> access = running();
    if (access.isEmpty()) {
      return;
    }
    try (Jedis client = client(access.get().port(), access.get().password())) {
      client.shutdown();
    } catch (JedisException e) {
      throw unusable("stopped", e);
    }
    try {
      Files.deleteIfExists(homeFolder.resolve("redis.pid"));
    } catch (IOException e) {
      throw unusable("stopped", e);
    }
  }

  /** Sessions of clients other than the one that asks. */
  int clients() {
    Optional<RedisAccess> access = running();
    if (access.isEmpty()) {
      return 0;
    }
    try (Jedis client = client(access.get().port(), access.get().password())) {
      return client.clientList().lines().toList().size() - 1;
    } catch (JedisException e) {
      return 0; // stopped meanwhile
    }
  }

  /** One whose starter was killed may be coming up, and a loaded machine makes one slow. */
  private Optional<RedisAccess> awaitLate() throws IOException {
    long end = System.nanoTime() + LATE_LIMIT.toNanos();
    Optional<RedisAccess> found = running();
    while (found.isEmpty() && System.nanoTime() < end && !processes.all().isEmpty()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      found = running();
    }
    return found;
  }

  private Optional<RedisAccess> launch(String program, Secrets secrets) throws IOException {
    int port = LoopbackPort.free(secrets.port());
    String password = secrets.password("redis");
    PrivateFolder.write(homeFolder.resolve("redis.conf"), settings(port, password));
    secrets.keepPort(port);
    PrivateFolder.createFile(homeFolder.resolve("redis.log"));
    List<String> command = List.of(program, "redis.conf");
    try {
      ServerCommand.run(command, homeFolder, homeFolder.resolve("start.log"), START_LIMIT);
    } catch (ServerCommand.FailedException e) {
      return Optional.empty();
    }
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      OptionalLong pid = answering(port, password);
      if (pid.isPresent()) {
        return Optional.of(new RedisAccess(pid.getAsLong(), port, password));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return Optional.empty();
  }

  /**
   * Memory is bounded, and at the bound the key that was not used for longest goes: a cached
   * answer, not the live stream, which is written several times a second and bounded by its length.
   * With any policy that spares keys, writes would fail at the bound.
   */
  private static String settings(int port, String password) {
    String daemonize = Platform.current().isWindows() ? "no" : "yes";
    return """
    bind 127.0.0.1
    protected-mode yes
    port %d
    requirepass %s
    daemonize %s
    dir .
    logfile redis.log
    pidfile redis.pid
    loglevel warning
    save ""
    appendonly no
    maxmemory 96mb
    maxmemory-policy allkeys-lru
    maxclients 200
    tcp-keepalive 60
    """
        .formatted(port, password, daemonize);
  }

  /** The process of the server at that port if it is ours, that is, takes our password. */
  private static OptionalLong answering(int port, String password) {
    try (Jedis client = client(port, password)) {
      return client
          .info("server")
          .lines()
          .filter(line -> line.startsWith("process_id:"))
          .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).strip()))
          .findFirst();
    } catch (JedisException e) {
      return OptionalLong.empty();
    }
  }

  private static Jedis client(int port, String password) {
    return new Jedis(
        new HostAndPort("127.0.0.1", port),
        DefaultJedisClientConfig.builder()
            .password(password)
            .autoNegotiateProtocol(false)
            .connectionTimeoutMillis(ANSWER_MILLIS)
            .socketTimeoutMillis(ANSWER_MILLIS)
            .build());
  }

  private Secrets secrets() throws IOException {
    return Secrets.read(homeFolder.resolve("access.properties"));
  }

  private Failure unusable(String done, Exception cause) {
    return new Failure.Unavailable(
        "the embedded Redis in " + homeFolder + " cannot be " + done + ": " + cause.getMessage(),
        cause);
  }
}
