package dev.nightjar.store.embedded;

import dev.nightjar.model.file.FolderTree;
import dev.nightjar.store.embedded.folder.ServerUser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL that somebody else runs, of any version that is on this machine: the bundled one,
 * those of the distribution, and those whose folders of programs {@code -Dnightjar.test.postgres}
 * names.
 */
public final class OtherServer implements AutoCloseable {
  private static final Path DISTRIBUTION = Path.of("/usr/lib/postgresql");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String PASSWORD = "of the superuser";

  private final Path bin;
  private final Path folder;
  private final ServerUser user = ServerUser.current();
  private final int port;

  private OtherServer(Path bin, Path folder) throws IOException {
    this.bin = bin;
    this.folder = user.reachable(folder);
    port = LoopbackPort.free(0);
  }

  /** The folders of programs there are, the bundled ones first. */
  public static List<Path> programs(Path cacheFolder) throws IOException {
    List<Path> found = new ArrayList<>();
    found.add(
        new BundledPrograms(ServerUser.current().reachable(cacheFolder), Platform.current())
            .postgres()
            .resolve("bin"));
    if (Files.isDirectory(DISTRIBUTION)) {
      try (Stream<Path> versions = Files.list(DISTRIBUTION)) {
        versions
            .map(version -> version.resolve("bin"))
            .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
            .sorted()
            .forEach(found::add);
      }
    }
    Stream.of(System.getProperty("nightjar.test.postgres", "").split(File.pathSeparator))
        .filter(word -> !word.isBlank())
        .map(Path::of)
        .forEach(found::add);
    return found;
  }

  /** A new one, which forgets everything when it is closed. */
  public static OtherServer start(Path bin, Path folder) throws IOException {
    OtherServer server = new OtherServer(bin, folder);
    Files.createDirectories(server.folder);
    Path password = Files.writeString(server.folder.resolve("password"), PASSWORD + "\n");
    server.user.own(server.folder);
    server.run(
        "initdb",
        "--pgdata=data",
        "--username=postgres",
        "--pwfile=" + password.getFileName(),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    String options = "-p %d -c listen_addresses=127.0.0.1 -c fsync=off".formatted(server.port);
    server.run(
        "pg_ctl",
        "start",
        "-D",
        "data",
        "-w",
        "-s",
        "-l",
        "server.log",
        "-o",
        options + " -c unix_socket_directories=");
    return server;
  }

  private void run(String program, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
    command.addAll(List.of(options));
    try {
      ServerCommand.run(user.command(command), folder, folder.resolve(program + ".log"), LIMIT);
    } catch (ServerCommand.FailedException e) {
      throw new IOException(program + " failed: " + e.getMessage(), e);
    }
  }

  /** Executes as the superuser. */
  public void execute(String database, String... statements) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    try (Connection connection = DriverManager.getConnection(url, "postgres", PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The URL for a user. */
  public String url(String user, String password, String database) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port, database);
  }

  public String superuserPassword() {
    return PASSWORD;
  }

  /** What it says of itself, such as 15.18. */
  public String version() throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "postgres", PASSWORD)) {
      return connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
    }
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "stop", "-D", "data", "-m", "immediate", "-w", "-s");
    FolderTree.delete(folder);
  }
}
