package dev.nightjar.bench.quantity;

import dev.nightjar.model.file.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an instrument has written, a file for each process. */
final class InstrumentFiles {
  /** That of a large program with all of its lines of source. */
  private static final long BYTES_MAX = 1L << 30;

  private InstrumentFiles() {}

  /** Takes a file's lines. */
  interface Reader {
    void read(Path file, Iterable<String> lines) throws IOException;
  }

  /** Reads all whose names begin so. */
  static void read(Path folder, String prefix, Reader reader) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path file : files) {
        try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    InputFile.of(file, BYTES_MAX).stream(), StandardCharsets.ISO_8859_1))) {
          reader.read(file, () -> in.lines().iterator());
        } catch (UncheckedIOException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    }
  }
}
