package dev.nightjar.store.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link StoreUser} that runs. */
final class StoreUserProcess implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final Writer orders;
  private final BufferedReader answers;

  private StoreUserProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one.
   *
   * @param asUser words before the command, such as those of setpriv
   */
  static StoreUserProcess start(Path folder, String classPath, List<String> asUser)
      throws IOException {
    return start(folder, folder.resolve("cache"), classPath, asUser);
  }

  private static StoreUserProcess start(
      Path folder, Path cache, String classPath, List<String> asUser) throws IOException {
    List<String> words = new ArrayList<>(asUser);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    words.add(StoreUser.class.getName());
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().remove("NIGHTJAR_DATABASE_URL");
    builder.environment().remove("NIGHTJAR_REDIS_URL");
    builder.directory(folder.toFile());
    Path log = Files.createTempFile(folder, "user", ".log"); // of those that race each its own
    builder.redirectError(log.toFile());
    return new StoreUserProcess(builder.start(), log);
  }

  static StoreUserProcess start(Path folder) throws IOException {
    return start(folder, folder.resolve("cache"));
  }

  /** Starts one whose servers' programs are in that cache folder. */
  static StoreUserProcess start(Path folder, Path cache) throws IOException {
    return start(folder, cache, System.getProperty("java.class.path"), List.of());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to standard error. */
  String errors() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }

  /** Tells it to open the stores without waiting for them. */
  void beginToOpen() throws IOException {
    order("open");
  }

  /** The PostgreSQL it uses after {@link #beginToOpen}. */
  long opened() throws IOException {
    return Long.parseLong(answer());
  }

  /** The PostgreSQL it uses after opening. */
  long open() throws IOException {
    return Long.parseLong(answerTo("open"));
  }

  /** The PostgreSQL that runs after closing what was opened last. */
  long closeLast() throws IOException {
    return Long.parseLong(answerTo("close"));
  }

  /** Stops the servers and gives the folders of their data and programs. */
  List<Path> stop() throws IOException {
    return List.of(Path.of(answerTo("stop")), Path.of(answers.readLine()));
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      orders.close();
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private String answerTo(String order) throws IOException {
    order(order);
    return answer();
  }

  private void order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
  }

  private String answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the user of the stores ended: " + Files.readString(log));
    }
    return answer;
  }

  /** Copies what is on the class path to where another user can read it. */
  static String copiedClassPath(Path folder) throws IOException {
    List<String> places = new ArrayList<>();
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path from = Path.of(entry);
      Path to = folder.resolve(number++ + "-" + from.getFileName());
      if (Files.exists(from)) {
        copy(from, to);
        places.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, file.equals(from) ? to : target);
      }
    }
  }
}
