package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files below a folder: their names and how each ends, without what is of the moment. */
final class PlainFiles {
  private static final Pattern OF_THE_MOMENT =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{8}T[0-9]{6,}Z|[0-9a-f]{12,}|[0-9]+([.][0-9]+)?");
  private static final int END_CHARACTERS = 16;

  private PlainFiles() {}

  /** One line a file. */
  static String of(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          // What a kill left half written is tidied up by who writes there an hour later.
          .filter(file -> !file.toString().endsWith(".part"))
          .map(file -> described(folder, file))
          .sorted()
          .distinct()
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private static String described(Path folder, Path file) {
    String name = OF_THE_MOMENT.matcher(folder.relativize(file).toString()).replaceAll("#");
    try {
      String text = new String(Files.readAllBytes(file), ISO_8859_1).stripTrailing();
      boolean isText = name.endsWith(".html") || name.endsWith(".json");
      return name
          + (isText ? " " + text.substring(Math.max(0, text.length() - END_CHARACTERS)) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
