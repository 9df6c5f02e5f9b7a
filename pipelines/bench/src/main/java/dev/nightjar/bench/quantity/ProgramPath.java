package dev.nightjar.bench.quantity;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs as a shell finds them. */
final class ProgramPath {
  private ProgramPath() {}

  /** Where a program stands; empty where it is in no folder of that PATH. */
  static Optional<Path> find(String program, String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> at(folder, program))
        .filter(Files::isExecutable)
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
