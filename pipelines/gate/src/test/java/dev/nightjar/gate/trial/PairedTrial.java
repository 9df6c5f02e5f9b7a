package dev.nightjar.gate.trial;

import dev.nightjar.gate.PairedComparison;
import dev.nightjar.gate.PairedComparison.Decision;
import dev.nightjar.kernel.MeasuredProcess;
import dev.nightjar.kernel.ProcessCommand;
import dev.nightjar.kernel.ProcessOutcome;
import dev.nightjar.model.BoundaryReadings;
import dev.nightjar.model.Direction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A/A and A/B trials of the paired comparison on this machine, while three seeded unpinned
 * processes load it in random bursts.
 *
 * <p>{@code record FILE TRIALS SEED} appends every run of every trial to a CSV, {@code
 * program,kind,trial,pair,side,wall_nanos,cpu_nanos}, and goes on where a file that exists ends;
 * {@code score FILE} reads it and scores our decision by CPU time and by wall time, the rule
 * "hyperfine's mean + 5 %" and github-action-benchmark's 200 % rule, all on the same raw runs. The
 * kinds are {@code aa}, {@code ab3}, {@code ab10}: 0, 3, 10 % more work.
 */
public final class PairedTrial {
  private static final long BUDGET_NANOS = 20_000_000_000L;
  private static final int MOST_PAIRS = 180;
  private static final int BURSTERS = 3;
  private static final Map<String, Double> KINDS = Map.of("aa", 0.0, "ab3", 0.03, "ab10", 0.10);
  private static final Map<String, Integer> UNITS = Map.of("cpu", 700, "memory", 120, "jvm", 5);

  /** {@code work WORDS STEPS}: WORDS of memory in use, one random access and one shuffle a step. */
  private static final String SOURCE =
      """
      #include <stdint.h>
      #include <stdio.h>
      #include <stdlib.h>
      int main(int count, char **arguments) {
        uint64_t words = strtoull(arguments[1], 0, 10), x = 88172645463325252ull;
        uint32_t *memory = calloc(words, 4);
        for (uint64_t i = 0, steps = strtoull(arguments[2], 0, 10); i < steps; i++) {
          x ^= x << 13; x ^= x >> 7; x ^= x << 17;
          memory[x & (words - 1)]++;
        }
        printf("%lu\\n", (unsigned long)(x + memory[0]));
        return count != 3;
      }
      """;

  private record Key(String program, String kind, int trial) {}

  private record Run(double wallNanos, double cpuNanos) {}

  private PairedTrial() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "record" -> record(Path.of(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]));
      case "score" -> score(Path.of(args[1]));
      case "burst" -> burst(Long.parseLong(args[1]));
      case "jvm" -> System.out.println(work(Double.parseDouble(args[1])));
      default -> throw new IllegalArgumentException("record, score: not " + args[0]);
    }
  }

  private static long work(double units) {
    long x = 88_172_645_463_325_252L;
    for (long i = 0; i < units * 20_000; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /** The programs of one side, built in a folder of their own. */
  private static void build(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path source = folder.resolve("work.c");
    Files.writeString(source, SOURCE);
    Process compiler =
        new ProcessBuilder("cc", "-O2", "-o", folder.resolve("work").toString(), source.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IllegalStateException("cc could not build " + source);
    }
  }

  private static void burst(long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
    while (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-2L) == parent) {
      long end = System.nanoTime() + (long) (-Math.log(random.nextDouble(1e-9, 1)) * 80_000_000);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      Thread.sleep((long) (-Math.log(random.nextDouble(1e-9, 1)) * 120));
    }
  }

  private static List<String> java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path").split(File.pathSeparator)[0],
                PairedTrial.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static void record(Path file, int trials, long seed)
      throws IOException, InterruptedException {
    Set<Key> done = Files.exists(file) ? runs(file).keySet() : new HashSet<>();
    Path folder = Files.createTempDirectory("paired-trial");
    build(folder.resolve("A"));
    build(folder.resolve("B"));
    List<Process> bursters = new ArrayList<>();
    try {
      for (int i = 0; i < BURSTERS; i++) {
        bursters.add(new ProcessBuilder(java("burst", Long.toString(seed + i))).start());
      }
      for (int trial = 0; trial < trials; trial++) {
        for (String program : new TreeMap<>(UNITS).keySet()) {
          for (String kind : new TreeMap<>(KINDS).keySet()) {
            Key key = new Key(program, kind, trial);
            if (!done.contains(key)) {
              String rows = trial(folder, key);
              Files.writeString(file, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              System.out.println(key + ": " + rows.lines().count() + " runs");
            }
          }
        }
      }
    } finally {
      bursters.forEach(Process::destroyForcibly);
    }
  }

  private static String trial(Path folder, Key key) throws InterruptedException {
    StringBuilder rows = new StringBuilder();
    long end = System.nanoTime() + BUDGET_NANOS;
    for (int pair = 0; pair < MOST_PAIRS && System.nanoTime() < end; pair++) {
      String order = pair % 2 == 0 ? "AB" : "BA";
      for (int turn = 0; turn < 2; turn++) {
        char side = order.charAt(turn);
        double more = side == 'B' ? KINDS.getOrDefault(key.kind, 0.0) : 0;
        ProcessOutcome outcome =
            measured(
                folder.resolve(side + ""),
                key.program,
                UNITS.getOrDefault(key.program, 1) * (1 + more));
        BoundaryReadings readings = outcome.readings();
        rows.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%d,%d,%c,%d,%d%n",
                key.program,
                key.kind,
                key.trial,
                pair,
                side,
                outcome.wallNanos(),
                read(readings.userCpuNanos()) + read(readings.systemCpuNanos())));
      }
    }
    return rows.toString();
  }

  private static long read(@Nullable Long nanos) {
    return Objects.requireNonNull(nanos, "CPU times cannot be read on this host");
  }

  private static ProcessOutcome measured(Path folder, String program, double units)
      throws InterruptedException {
    Path nowhere = Path.of("/dev/null");
    ProcessOutcome outcome =
        MeasuredProcess.run(
            ProcessCommand.of(
                program.equals("jvm")
                    ? java(program, Double.toString(units))
                    : List.of(
                        folder.resolve("work").toString(),
                        program.equals("memory") ? "4194304" : "1024",
                        Long.toString((long) (units * 20_000))),
                folder,
                nowhere,
                nowhere,
                Duration.ofSeconds(10)));
    if (!outcome.isSuccess()) {
      throw new IllegalStateException(program + " ended with " + outcome.status());
    }
    return outcome;
  }

  /** Both sides of every pair, by trial. */
  private static Map<Key, List<Run[]>> runs(Path file) throws IOException {
    Map<Key, List<Run[]>> trials = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] f = line.split(",");
      List<Run[]> pairs =
          trials.computeIfAbsent(
              new Key(f[0], f[1], Integer.parseInt(f[2])), key -> new ArrayList<>());
      int pair = Integer.parseInt(f[3]);
      while (pairs.size() <= pair) {
        pairs.add(new Run[2]);
      }
      pairs.get(pair)[f[4].charAt(0) - 'A'] =
          new Run(Double.parseDouble(f[5]), Double.parseDouble(f[6]));
    }
    return trials;
  }

  private static void score(Path file) throws IOException {
    Map<String, Map<String, Integer>> table = new TreeMap<>();
    runs(file)
        .forEach((key, pairs) -> {
          double smallest = key.kind.equals("ab3") ? 0 : 0.02;
          String row = key.program + " " + key.kind;
          count(table, row, "cpu " + decide(pairs, smallest, true).kind());
          count(table, row, "wall " + decide(pairs, smallest, false).kind());
          double a = mean(pairs, 0);
          double b = mean(pairs, 1);
          count(table, row, "mean+5% " + (b > 1.05 * a ? "REGRESSED" : "ok"));
          double firstA = pairs.getFirst()[0].wallNanos;
          double firstB = pairs.getFirst()[1].wallNanos;
          count(table, row, "200% " + (firstB > 2 * firstA ? "REGRESSED" : "ok"));
        });
    table.forEach((row, counts) -> System.out.println(row + " " + counts));
  }

  private static void count(Map<String, Map<String, Integer>> table, String row, String outcome) {
    table.computeIfAbsent(row, name -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
  }

  private static double mean(List<Run[]> pairs, int side) {
    return pairs.stream().mapToDouble(pair -> pair[side].wallNanos).average().orElseThrow();
  }

  /** Decides as it would have, pair by pair; the budget in pairs is what the time allowed. */
  private static Decision decide(List<Run[]> pairs, double smallestEffect, boolean byCpu) {
    int budget = Math.max(16, pairs.size());
    PairedComparison comparison =
        new PairedComparison(0.01, smallestEffect, Direction.LOWER_IS_BETTER, budget);
    for (Run[] pair : pairs) {
      double[] times =
          Arrays.stream(pair).mapToDouble(run -> byCpu ? run.cpuNanos : run.wallNanos).toArray();
      Decision decision = comparison.add(Math.log(times[1] / times[0]));
      if (!decision.goesOn()) {
        return decision;
      }
    }
    return comparison.finish();
  }
}
