package dev.nightjar.jobs.gate;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.noise.DisturbedSamples;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.jobs.measuring.SampleRow;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.Condition;
import dev.nightjar.store.sample.DisturbedSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Plants a disturbance into one repetition of live runs and asks which cause is named.
 *
 * <p>{@code record FILE ROUNDS SECONDS} appends runs of {@value #REPETITIONS} repetitions to a CSV,
 * begins none after so many seconds, and goes on where a file that exists ends: a round is one
 * quiet run and one for each condition, which is planted into the third repetition. {@code score
 * FILE} judges each run by what a gate uses, against the quiet runs that were there before it, ten
 * at most.
 *
 * <p>The program that is measured computes, reads a mapped file, takes memory and writes a small
 * file through to the disk, in control groups of its own. Needs root and the first version's cpu
 * and memory controllers. What is taken is bounded: 64 MiB of memory in a group with a limit, 32
 * MiB of files.
 */
public final class AttributionTrial {
  private static final int REPETITIONS = 5;
  private static final int PLANTED = 2;
  private static final int EARLIER_RUNS = 10;
  private static final String QUIET = "QUIET";
  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.CPU_COMPETITION,
          Condition.IO,
          Condition.THROTTLING,
          Condition.MEMORY_PRESSURE,
          Condition.PAGE_CACHE_EVICTION);

  private record Key(int round, String condition) {}

  private AttributionTrial() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    switch (args[0]) {
      case "record" ->
          record(
              file,
              Integer.parseInt(args[2]),
              System.nanoTime() + Long.parseLong(args[3]) * 1_000_000_000L);
      case "score" -> score(read(file));
      default -> throw new IllegalArgumentException("record, score: not " + args[0]);
    }
  }

  private static void record(Path file, int rounds, long deadlineNanos)
      throws IOException, InterruptedException {
    Map<Key, List<Sample>> done = Files.exists(file) ? read(file) : Map.of();
    List<String> conditions = new ArrayList<>(List.of(QUIET));
    CONDITIONS.forEach(condition -> conditions.add(condition.name()));
    try (PlantedDisturbance planted = PlantedDisturbance.prepare()) {
      for (int round = 0; round < rounds; round++) {
        for (String condition : conditions) {
          boolean isLeft = !done.containsKey(new Key(round, condition));
          if (isLeft && System.nanoTime() - deadlineNanos < 0) {
            StringBuilder rows = new StringBuilder();
            for (Sample sample : run(planted, condition)) {
              rows.append(round).append(',').append(condition).append(',');
              rows.append(sample.ordinal()).append(',').append(SampleRow.of(sample)).append('\n');
            }
            Files.writeString(file, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          }
        }
      }
    }
  }

  /** A live run, disturbed from before its third repetition until that is done. */
  private static List<Sample> run(PlantedDisturbance planted, String condition)
      throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    BenchmarkOutcome outcome =
        BenchmarkRunner.run(
            BenchmarkDefinition.named("work")
                .command(planted.command())
                .warmups(1)
                .repetitions(REPETITIONS)
                .build(),
            planted.folder(),
            new RunObserver() {
              @Override
              public void repetitionDone(int repetition, List<Sample> done) {
                samples.addAll(done);
                if (!condition.equals(QUIET) && repetition == PLANTED - 1) {
                  planted.begin(Condition.valueOf(condition));
                } else if (repetition == PLANTED) {
                  planted.end();
                }
              }

              @Override
              public void skipped(Skip skip) {
                throw new IllegalStateException(skip.toString());
              }
            });
    if (outcome.end() != BenchmarkOutcome.End.COMPLETED) {
      throw new IllegalStateException(outcome.reason() + ": " + outcome.outputTail());
    }
    return samples;
  }

  private static Map<Key, List<Sample>> read(Path file) throws IOException {
    Map<Key, List<Sample>> runs = new LinkedHashMap<>();
    for (String line : SampleRow.lines(file)) {
      String[] fields = line.split(",", -1);
      runs.computeIfAbsent(
              new Key(Integer.parseInt(fields[0]), fields[1]), key -> new ArrayList<>())
          .add(SampleRow.read("work", Integer.parseInt(fields[2]), fields, 3));
    }
    return runs;
  }

  private static void score(Map<Key, List<Sample>> runs) {
    Map<String, Map<String, Integer>> named = new TreeMap<>();
    List<RunHistory.PastValues> past = new ArrayList<>();
    runs.forEach((key, samples) -> {
      DisturbedSamples found =
          DisturbedSamples.among(
              samples,
              past.subList(Math.max(0, past.size() - EARLIER_RUNS), past.size()),
              MachineWindows.NONE);
      for (Sample sample : samples) {
        boolean isPlanted = sample.ordinal() == PLANTED && !key.condition.equals(QUIET);
        String cause =
            found.marks().stream()
                .filter(mark -> mark.ordinal() == sample.ordinal())
                .map(DisturbedSample::causes)
                .findFirst()
                .orElse("nothing");
        named
            .computeIfAbsent(isPlanted ? key.condition : QUIET, name -> new TreeMap<>())
            .merge(cause.replaceAll(" \\(.*", ""), 1, Integer::sum);
      }
      if (key.condition.equals(QUIET)) {
        past.add(
            RunHistory.PastValues.of(
                new PastRun(new UUID(0, key.round), "", null, null, Instant.EPOCH),
                samples,
                RunValues.undisturbed(samples.size())));
      }
    });
    named.forEach((planted, causes) -> {
      int all = causes.values().stream().mapToInt(Integer::intValue).sum();
      String right = planted.equals(QUIET) ? "nothing" : Condition.valueOf(planted).sentence();
      System.out.printf(
          "%s: %d of %d as '%s' %s%n", planted, causes.getOrDefault(right, 0), all, right, causes);
    });
  }
}
