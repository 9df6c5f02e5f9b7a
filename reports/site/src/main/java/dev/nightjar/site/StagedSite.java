package dev.nightjar.site;

import dev.nightjar.model.file.OutputFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Files of a site that are written aside first and then go into place in the same order. */
final class StagedSite {
  private final Path stage;
  private final Path site;
  private final List<Path> files = new ArrayList<>();

  StagedSite(Path stage, Path site) {
    this.stage = stage;
    this.site = site;
  }

  /** A file's text is written by this. */
  @FunctionalInterface
  interface Text {
    void write(Writer out) throws IOException;
  }

  /** Writes a file aside that is to stand at this place in the site. */
  void write(Path place, Text text) throws IOException {
    OutputFile.write(
        stage.resolve(place),
        bytes -> {
          // Not a writer that refuses a lone half of a surrogate pair, which a message may hold.
          Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
          text.write(out);
          out.flush();
        });
    files.add(place);
  }

  void moveIntoPlace() throws IOException {
    for (Path file : files) {
      Path place = site.resolve(file);
      Files.createDirectories(place.getParent());
      Files.move(
          stage.resolve(file),
          place,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
