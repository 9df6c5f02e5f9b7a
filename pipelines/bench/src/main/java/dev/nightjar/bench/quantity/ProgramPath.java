package dev.nightjar.bench.quantity;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs as a shell finds them. */
public final class ProgramPath {
  private ProgramPath() {}

  /** Where a program stands for this process; empty where it is in no folder of its PATH. */
  public static Optional<Path> find(String program) {
    String path = System.getenv("PATH");
    return find(program, path == null ? "" : path);
  }

  /** Where a program stands; empty where it is in no folder of that PATH. */
  static Optional<Path> find(String program, String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> at(folder, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> at(String folder, String program) {
    try {
      return Stream.of(Path.of(folder, program).toAbsolutePath());
    } catch (InvalidPathException e) {
      return Stream.empty(); // a PATH may hold anything
    }
  }
}
