package dev.nightjar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A repository for the kills' trial, with what its verbs read. */
final class KillProject {
  /** How often its one benchmark is repeated, unless the machine disturbs it. */
  static final int REPETITIONS = 15;

  private static final int COMMITS = 1_500;
  private static final int IMPORTED_RUNS = 60;
  private static final int IMPORTED_SERIES = 20;
  private static final int JUDGED_SERIES = 200;
  private static final String SETTINGS =
      """
      benchmarks:
        - name: counted
          command: echo "count 42"
          warmups: 0
          repetitions: %d
          metrics: [{ name: answers, pattern: "count (\\\\d+)", direction: higher }]
      suites: []
      """
          .formatted(REPETITIONS);

  private KillProject() {}

  /** The repository whose clones are worked on. */
  static Path pattern(Path folder, long seed) throws IOException, InterruptedException {
    return GitFixture.linear(folder, COMMITS, seed);
  }

  /** A clone, which the database has not seen. */
  static Path clone(Path pattern, Path project) throws IOException, InterruptedException {
    Files.createDirectories(project.getParent());
    GitFixture.git(
        pattern.getParent(), "clone", "-q", "--shared", pattern.toString(), project.toString());
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    Files.writeString(project.resolve("data.js"), history());
    return project;
  }

  private static String history() {
    return IntStream.range(0, IMPORTED_RUNS)
        .mapToObj(run ->
            "{\"commit\": {\"id\": \"%040x\"}, \"date\": %d, \"tool\": \"go\", \"benches\": [%s]}"
                .formatted(run + 1, 1_700_000_000_000L + run * 60_000L, values(run)))
        .collect(
            Collectors.joining(
                ",\n", "window.BENCHMARK_DATA = {\"entries\": {\"Go\": [\n", "\n]}}\n"));
  }

  private static String values(int run) {
    return IntStream.range(0, IMPORTED_SERIES)
        .mapToObj(i ->
            "{\"name\": \"P%d\", \"value\": %d, \"unit\": \"ns/op\"}".formatted(i, 1000 + run + i))
        .collect(Collectors.joining(", "));
  }

  /** A result file whose values are slower by {@code more}. */
  static void writeResults(Path file, double more) throws IOException {
    Files.writeString(
        file,
        IntStream.range(0, JUDGED_SERIES)
            .mapToObj(i ->
                "{\"name\": \"s%d\", \"values\": [%s, %s, %s]}"
                    .formatted(i, 1.5 + more, 1.501 + more, 1.502 + more))
            .collect(Collectors.joining(",\n", "{\"results\": [\n", "\n]}\n")));
  }
}
