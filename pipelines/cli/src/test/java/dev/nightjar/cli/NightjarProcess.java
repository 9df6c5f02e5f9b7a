package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Nightjar in a process of its own, as a person starts it, with a home of its own. */
final class NightjarProcess {
  private static final long LIMIT_SECONDS = 300;

  /**
   * The classes of a run as the first one here loaded them, as the launcher keeps them too: without
   * it half of a short run is spent on loading classes.
   */
  private static final Path ARCHIVE = temporary(".jsa");

  private static final Path ARCHIVE_IN_THE_MAKING = temporary(".making.jsa");
  private static final AtomicBoolean IS_MADE = new AtomicBoolean();

  private final Process process;
  private final Path out;
  private final Path err;

  private NightjarProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What a process came to. */
  record Ended(int exitCode, String out, String err) {}

  /** Starts it in a folder, with the home's XDG folders below {@code home}. */
  static NightjarProcess start(
      Path home, Path folder, Map<String, String> environment, String... args) throws IOException {
    List<String> archive =
        Files.exists(ARCHIVE) ? List.of("-XX:SharedArchiveFile=" + ARCHIVE) : List.of();
    return start(archive, home, folder, environment, args);
  }

  private static NightjarProcess start(
      List<String> options, Path home, Path folder, Map<String, String> environment, String... args)
      throws IOException {
    Files.createDirectories(home);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xlog:disable"));
    command.addAll(
        List.of("--illegal-native-access=allow", "-cp", classPath(), Nightjar.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("XDG_") || name.startsWith("NIGHTJAR_"));
    builder.environment().putAll(TestHome.environment(home));
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new NightjarProcess(builder.start(), out, err);
  }

  /** Starts it and waits for its end. */
  static Ended run(Path home, Path folder, String... args)
      throws IOException, InterruptedException {
    boolean makesArchive =
        args[0].equals("run") && hasOnlyArchives() && IS_MADE.compareAndSet(false, true);
    if (!makesArchive) {
      return start(home, folder, Map.of(), args).await();
    }
    List<String> options = List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE_IN_THE_MAKING);
    Ended ended = start(options, home, folder, Map.of(), args).await();
    if (Files.exists(ARCHIVE_IN_THE_MAKING)) {
      Files.move(ARCHIVE_IN_THE_MAKING, ARCHIVE);
    }
    return ended;
  }

  /** Of folders of classes, as an editor has them, no archive can be made. */
  private static boolean hasOnlyArchives() {
    return Arrays.stream(classPath().split(File.pathSeparator))
        .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
  }

  private static Path temporary(String suffix) {
    String name = "nightjar-classes-" + ProcessHandle.current().pid() + suffix;
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
    file.toFile().deleteOnExit();
    return file;
  }

  /**
   * What the product has: without the folder of the tests, which no archive of classes can have.
   */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  Ended await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "nightjar did not end within " + LIMIT_SECONDS + " s: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), read(out), read(err));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Sends it a signal, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill ended with " + status);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
