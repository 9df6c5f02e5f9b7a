package dev.nightjar.gate.trial;

import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.decision.Judge;
import dev.nightjar.gate.decision.SeriesHistory;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How often a run of a hundred benchmarks in which nothing changed is red, with noise that was
 * recorded on a real machine.
 *
 * <p>Each benchmark has the noise of one recorded series: its values by the median of their
 * labelled segment. A run's repetitions are neighbours in it, so they share what neighbours share;
 * where a run begins is drawn anew for each. A line of raw data is kept for each simulated run, and
 * a call with the same file goes on behind the last.
 */
public final class NullRunsTrial {
  private static final int BENCHMARKS = 100;
  private static final int REPETITIONS = 5;

  private NullRunsTrial() {}

  /**
   * Arguments: the file of raw data, how many runs it should hold in the end, earlier runs that
   * each is compared with, a seed, files of recorded series.
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    int runs = Integer.parseInt(args[1]);
    int earlier = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    List<double[]> noises = new ArrayList<>();
    for (int i = 4; i < args.length; i++) {
      ChangePointTrial.recorded(Path.of(args[i])).forEach(series -> noises.add(noise(series)));
    }
    int done = Files.exists(file) ? Files.readAllLines(file).size() : 0;
    for (int run = done; run < runs; run++) {
      Files.writeString(
          file,
          simulated(noises, earlier, seed, run) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    report(file, earlier, seed);
  }

  /** The values of a series by the median of their labelled segment. */
  static double[] noise(LabelledSeries series) {
    double[] values = series.values();
    double[] noise = new double[values.length];
    int from = 0;
    for (int k = 0; k <= series.changes().length; k++) {
      int to = k < series.changes().length ? series.changes()[k] : values.length;
      double[] segment = Arrays.copyOfRange(values, from, to);
      Arrays.sort(segment);
      for (int i = from; i < to; i++) {
        noise[i] = values[i] / segment[segment.length / 2];
      }
      from = to;
    }
    return noise;
  }

  /** One line: the run, its exit code, how many verdicts of each kind. */
  private static String simulated(List<double[]> noises, int earlier, long seed, int run) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + run);
    List<SeriesHistory> histories = new ArrayList<>();
    for (int b = 0; b < BENCHMARKS; b++) {
      double[] noise = noises.get(b % noises.size());
      List<RunValues> nights = new ArrayList<>();
      for (int night = 0; night <= earlier; night++) {
        nights.add(night(noise, night, random));
      }
      Series series =
          new Series(
              new Benchmark("b" + b, null, "time", "s", Direction.LOWER_IS_BETTER),
              new TreeMap<>(),
              Device.CPU);
      histories.add(
          SeriesHistory.measured(series, nights.subList(0, earlier), nights.get(earlier)));
    }
    List<Verdict> first = Judge.judge(histories, GatePolicy.DEFAULT);
    for (int b = 0; b < BENCHMARKS; b++) {
      if (first.get(b).kind() == VerdictKind.REGRESSED) {
        histories.set(b, measuredAgain(histories.get(b), noises.get(b % noises.size()), random));
      }
    }
    List<Verdict> verdicts = Judge.judge(histories, GatePolicy.DEFAULT);
    Map<VerdictKind, Integer> counts = new EnumMap<>(VerdictKind.class);
    verdicts.forEach(verdict -> counts.merge(verdict.kind(), 1, Integer::sum));
    return run
        + " first "
        + GateDecision.of(first, GatePolicy.DEFAULT).exitCode()
        + " exit "
        + GateDecision.of(verdicts, GatePolicy.DEFAULT).exitCode()
        + " "
        + counts;
  }

  /** As a run does it: suspects are measured three times more when all else is done. */
  private static SeriesHistory measuredAgain(
      SeriesHistory history, double[] noise, SplittableRandom random) {
    RunValues current = Objects.requireNonNull(history.current());
    double[] values = Arrays.copyOf(current.values(), 4 * REPETITIONS);
    for (int round = 1; round < 4; round++) {
      System.arraycopy(
          night(noise, 0, random).values(), 0, values, round * REPETITIONS, REPETITIONS);
    }
    return SeriesHistory.measured(
        history.series(),
        history.earlier(),
        RunValues.undisturbed(current.runId(), current.headCommit(), current.startedAt(), values));
  }

  private static RunValues night(double[] noise, int night, SplittableRandom random) {
    int from = random.nextInt(noise.length - REPETITIONS + 1);
    double[] values = Arrays.copyOfRange(noise, from, from + REPETITIONS);
    return RunValues.undisturbed(
        new UUID(0, night), String.format("%040x", night), Instant.ofEpochSecond(night), values);
  }

  private static void report(Path file, int earlier, long seed) throws IOException {
    List<String> lines = Files.readAllLines(file);
    long red = lines.stream().filter(line -> line.contains(" exit 1 ")).count();
    long changed =
        lines.stream()
            .filter(line -> line.contains("REGRESSED") || line.contains("IMPROVED"))
            .count();
    long first = lines.stream().filter(line -> line.contains(" first 1 ")).count();
    System.out.printf(
        "%d null runs of %d benchmarks against %d earlier runs, seed %d: %d red, %d with any change; without measuring suspects again %d red%n",
        lines.size(), BENCHMARKS, earlier, seed, red, changed, first);
  }
}
