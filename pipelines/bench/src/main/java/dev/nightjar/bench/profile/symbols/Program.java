package dev.nightjar.bench.profile.symbols;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of somebody else's that is used where it is installed. */
public final class Program {
  private Program() {}

  /** Where it is on PATH; empty where it is not. */
  public static Optional<Path> named(String name) {
    String path = System.getenv("PATH");
    return Stream.of((path == null ? "" : path).split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> in(folder, name).stream())
        .findFirst();
  }

  private static Optional<Path> in(String folder, String name) {
    try {
      Path file = Path.of(folder).resolve(name);
      return Files.isRegularFile(file) && Files.isExecutable(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
