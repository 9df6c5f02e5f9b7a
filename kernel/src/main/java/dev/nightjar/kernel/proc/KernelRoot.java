package dev.nightjar.kernel.proc;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where {@code /proc} and {@code /sys} are: the root of the file system, or a folder of captures.
 * For facts that are read once; what is sampled is held open instead.
 */
public record KernelRoot(Path root) {
  private static final int MOST_BYTES = 1 << 20;

  public static KernelRoot ofThisHost() {
    return new KernelRoot(Path.of("/"));
  }

  public Path path(String absolute) {
    return root.resolve(absolute.replaceFirst("^/+", "")).normalize();
  }

  public boolean exists(String absolute) {
    return Files.exists(path(absolute));
  }

  /** The whole text without the last line feed; empty if it cannot be read. */
  public Optional<String> text(String absolute) {
    return text(path(absolute));
  }

  public static Optional<String> text(Path file) {
    // Files of the kernel have no size to ask for, so what is read is bounded, not what is there.
    try (var in = InputFile.of(file, Long.MAX_VALUE).stream()) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return Optional.of(text.stripTrailing());
    } catch (IOException | Failure.Misuse e) {
      return Optional.empty(); // absent: the caller has no such fact
    }
  }

  public List<String> lines(String absolute) {
    return text(absolute).map(text -> text.lines().toList()).orElse(List.of());
  }

  /** Names of a folder's entries that match a glob, sorted; none if it cannot be read. */
  public List<String> names(String folder, String glob) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder), glob)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }
}
