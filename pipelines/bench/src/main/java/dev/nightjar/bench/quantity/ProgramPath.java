package dev.nightjar.bench.quantity;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs as a shell finds them. */
final class ProgramPath {
  private ProgramPath() {}

  /** Where a program stands; empty where it is in no folder of that PATH. */
  static Optional<Path> find(String program, String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program).toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst();
  }
}
