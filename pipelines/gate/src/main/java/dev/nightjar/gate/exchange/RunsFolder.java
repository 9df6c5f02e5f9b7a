package dev.nightjar.gate.exchange;

import dev.nightjar.gate.verdict.Sentence;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import dev.nightjar.model.file.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of runs, one file each, that a CI server keeps as an artifact or a cache: a machine that
 * lives for one job finds the history of those before it there.
 */
public final class RunsFolder {
  private static final String SUFFIX = ".run.json";
  private static final int MOST_RUNS = 5000;
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_BYTES_OF_ALL = 256L << 20;

  private final Path folder;

  public RunsFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The runs that can be read, the oldest first.
   *
   * @param pool of the series that they have in common with others
   * @param problems takes a sentence for each file that cannot
   */
  public List<ArchivedRun> read(SeriesPool pool, Consumer<String> problems) {
    List<ArchivedRun> runs = new ArrayList<>();
    long left = MOST_BYTES_OF_ALL;
    for (Path file : files().reversed()) {
      // A link out of the folder would print what it leads to in the complaint about it.
      try (InputStream text = InputFile.of(file, MOST_BYTES).below(folder).stream()) {
        left -= Files.size(file);
        if (left < 0) {
          problems.accept(
              "The runs in %s up to %s are left out: the newer ones fill %d MiB, the most that is read."
                  .formatted(folder, file.getFileName(), MOST_BYTES_OF_ALL >> 20));
          break;
        }
        runs.add(RunFile.read(text, pool));
      } catch (RunFile.Unreadable | IOException e) {
        problems.accept(Sentence.of("The run in " + file + " is left out: " + e.getMessage()));
      } catch (Failure.Misuse e) {
        problems.accept("A run is left out: " + e.getMessage());
      }
    }
    runs.sort(
        Comparator.comparing((ArchivedRun archived) -> archived.run().startedAt())
            .thenComparing(archived -> archived.run().id()));
    return runs;
  }

  /** The newest files by name, which begins with the time. */
  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      return sorted.subList(Math.max(0, sorted.size() - MOST_RUNS), sorted.size());
    } catch (IOException e) {
      throw new Failure.Unavailable("The folder of runs " + folder + " cannot be listed.", e);
    }
  }

  /** Keeps a run, in place of one with the same identifier. */
  public Path write(ArchivedRun archived) {
    UUID id = archived.run().id();
    String time = archived.run().startedAt().toString().replaceAll("[^0-9TZ]", "");
    String commit = archived.run().commit();
    String name =
        "%s-%s-%s%s"
            .formatted(
                time,
                commit == null ? "none" : commit.substring(0, 12),
                id.toString().substring(24),
                SUFFIX);
    Path file = folder.resolve(name);
    try {
      OutputFile.write(
          file,
          out -> RunFile.write(archived, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
      return file;
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The run cannot be written to " + folder + ": check that it is yours and has room.", e);
    }
  }
}
