package dev.nightjar.jobs.paired;

import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.bench.quiet.QuietSettings;
import dev.nightjar.bench.quiet.QuietSettings.Boost;
import dev.nightjar.bench.quiet.QuietSettings.Pinning;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison.Decision;
import dev.nightjar.gate.pairs.TurnComparison;
import dev.nightjar.kernel.HostPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code bench --against} makes of instructions, while three seeded unpinned processes load
 * the machine in random bursts: A/A, and planted changes.
 *
 * <p>{@code record FILE SAME PLANTED SEED SECONDS} appends a line for each verdict, so many of the
 * same and of each planted change in all three programs together, begins none after that many
 * seconds, and goes on where a file that exists ends. {@code score FILE} counts them.
 */
public final class CountTrial {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final int MOST_PAIRS = 1000;
  private static final int BURSTERS = 3;
  private static final String HEADING = "program,version,number,verdict,effect,pairs,seconds\n";

  private record Trial(String program, String version, int number) {
    String text() {
      return program + "," + version + "," + number;
    }
  }

  private CountTrial() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "record" ->
          record(
              Path.of(args[1]),
              planned(Integer.parseInt(args[2]), Integer.parseInt(args[3])),
              Integer.parseInt(args[4]),
              System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[5])).toNanos());
      case "score" -> score(Path.of(args[1]));
      default -> throw new IllegalArgumentException("record, score: not " + args[0]);
    }
  }

  /** The planted ones among the others, so that a trial that is cut has some of all. */
  private static List<Trial> planned(int same, int planted) {
    List<String> programs = CountPrograms.names();
    List<Trial> planned = new ArrayList<>();
    for (int number = 0; number < Math.max(same, planted); number++) {
      String program = programs.get(number % programs.size());
      for (String version : CountPrograms.VERSIONS.keySet()) {
        boolean isSame = version.equals("same");
        if (!version.equals("base") && number < (isSame ? same : planted)) {
          planned.add(new Trial(program, version, number));
        }
      }
    }
    return planned;
  }

  private static void record(Path file, List<Trial> planned, int seed, long deadlineNanos)
      throws IOException, InterruptedException {
    Set<String> done = new HashSet<>();
    if (Files.exists(file)) {
      rows(file).forEach(row -> done.add(String.join(",", List.of(row).subList(0, 3))));
    } else {
      Files.writeString(file, HEADING);
    }
    Path folder = Files.createTempDirectory("bursters");
    Path burst = Bursters.build(folder);
    try (CountPrograms programs = CountPrograms.build()) {
      for (Trial trial : planned) {
        if (System.nanoTime() - deadlineNanos >= 0) {
          break;
        }
        if (done.contains(trial.text())) {
          continue;
        }
        try (Bursters _ = Bursters.start(burst, BURSTERS, Math.abs(31 * seed + trial.hashCode()))) {
          Files.writeString(file, measured(programs, trial), StandardOpenOption.APPEND);
        }
      }
    } finally {
      for (String name : List.of("burst", "burst.c", ".")) {
        Files.delete(folder.resolve(name).normalize());
      }
    }
  }

  private static String measured(CountPrograms programs, Trial trial) throws InterruptedException {
    long began = System.nanoTime();
    PairedBenchmark benchmark =
        new PairedBenchmark(
            CountPrograms.definition(trial.program),
            BUDGET,
            MOST_PAIRS,
            (series, count, pairs) ->
                TurnComparison.under(GatePolicy.DEFAULT, series, count, pairs),
            note -> {
              throw new IllegalStateException(note);
            },
            System::nanoTime);
    QuietSettings plain = new QuietSettings(Boost.OFF, Pinning.ALL, null);
    try (QuietCpu quiet = QuietCpu.open(HostPlatform.current(), plain, skip -> {})) {
      benchmark.measure(programs.tree("base"), programs.tree(trial.version), quiet, BUDGET, 1);
    }
    benchmark.finish();
    Decision decision = Objects.requireNonNull(benchmark.series().getFirst().decision());
    return String.format(
        Locale.ROOT,
        "%s,%s,%.6f,%d,%.1f%n",
        trial.text(),
        decision.kind(),
        decision.effect(),
        decision.pairs(),
        (System.nanoTime() - began) / 1e9);
  }

  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")).toList();
  }

  private static void score(Path file) throws IOException {
    Map<String, Map<String, Integer>> kinds = new TreeMap<>();
    Map<String, List<Double>> seconds = new TreeMap<>();
    for (String[] row : rows(file)) {
      kinds.computeIfAbsent(row[1], version -> new TreeMap<>()).merge(row[3], 1, Integer::sum);
      seconds.computeIfAbsent(row[1], version -> new ArrayList<>()).add(Double.valueOf(row[6]));
    }
    kinds.forEach((version, counts) -> {
      List<Double> sorted = seconds.get(version).stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "%s: %s; %.1f s a verdict in the median, %.1f s at most%n",
          version,
          counts,
          sorted.get(sorted.size() / 2),
          sorted.getLast());
    });
  }
}
