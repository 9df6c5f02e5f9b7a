package dev.nightjar.jobs.paired;

import dev.nightjar.bench.InterleavedOutcome;
import dev.nightjar.bench.InterleavedRunner;
import dev.nightjar.bench.Placement;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.jobs.measuring.SampleRow;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A/A and A/B trials of what {@code bench --against} does with two commits, on this machine, while
 * three seeded unpinned processes load it in random bursts.
 *
 * <p>{@code record FILE TRIALS SEED SECONDS} appends every run of every trial to a CSV, begins no
 * trial after that many seconds, and goes on where a file that exists ends: so many A/A trials of
 * each program, and with every sixth of them one each of 3 % and 10 % more work. A trial ends when
 * the verdict stands or the budget is spent; with {@code whole} behind the seconds only the latter.
 *
 * <p>{@code score FILE} gives the recorded runs to the same classes once more, with the recorded
 * clock, and holds the verdicts against two common rules on the same runs: "mean + 5 %", which
 * people write around hyperfine, and github-action-benchmark's alert at 200 %. With {@code SHARE
 * SEED} behind it so many pairs are left out as flakes take them, by chance; with {@code SHARE
 * slowest} those in which the head was slowest, as when it ran into a timeout.
 */
public final class PairedTrial {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final int MOST_PAIRS = 1000;
  private static final int BURSTERS = 3;
  private static final int TRIALS_PER_SLOWDOWN = 6;
  private static final int FIRST_OF_SAMPLE = 6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final GatePolicy ANY_EFFECT =
      new GatePolicy(
          GatePolicy.DEFAULT.confidence(),
          0,
          GatePolicy.DEFAULT.onInconclusive(),
          GatePolicy.DEFAULT.onMissing(),
          List.of());

  private record Trial(String program, String commit, int number) {
    String text() {
      return program + "," + commit + "," + number;
    }

    int seed(int seed) {
      return Math.abs(31 * (31 * (31 * seed + program.hashCode()) + commit.hashCode()) + number);
    }

    /** A slowdown of 3 % is asked for with no smallest effect, all else with the default. */
    GatePolicy policy() {
      return commit.equals("ab03") ? ANY_EFFECT : GatePolicy.DEFAULT;
    }
  }

  /** A pair of runs, and when since its trial's start it was done. */
  private record Pair(long atNanos, Sample base, Sample head) {}

  /** What {@code bench --against} does with one benchmark, by a clock that can be played again. */
  private static final class Clocked extends PairedBenchmark {
    private final long[] nowNanos;

    private Clocked(Trial trial, long[] nowNanos) {
      super(
          TrialPrograms.definition(trial.program),
          BUDGET,
          MOST_PAIRS,
          (series, count, pairs) -> PairedComparison.under(trial.policy(), series, count, pairs),
          note -> {
            throw new IllegalStateException(note);
          },
          () -> nowNanos[0]);
      this.nowNanos = nowNanos;
    }

    static Clocked of(Trial trial) {
      return new Clocked(trial, new long[1]);
    }

    /** Whether this is enough. */
    boolean pairDone(int number, Pair pair) {
      nowNanos[0] = pair.atNanos;
      return pairDone(number, List.of(pair.base), List.of(pair.head));
    }

    PairedSeries compared() {
      PairedSeries series = series().getFirst();
      series.finish();
      return series;
    }
  }

  private PairedTrial() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "record" ->
          record(
              Path.of(args[1]),
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[4])).toNanos(),
              args.length > 5 && args[5].equals("whole"));
      case "score" -> score(Path.of(args[1]), flakes(args));
      default -> throw new IllegalArgumentException("record, score: not " + args[0]);
    }
  }

  private static UnaryOperator<List<Pair>> flakes(String[] args) {
    if (args.length < 4) {
      return pairs -> pairs;
    }
    double share = Double.parseDouble(args[2]);
    if (args[3].equals("slowest")) {
      return pairs -> {
        List<Pair> fastest = new ArrayList<>(pairs);
        fastest.sort(Comparator.comparingLong(pair -> pair.head.wallNanos()));
        long slowest = fastest.get((int) ((1 - share) * (fastest.size() - 1))).head.wallNanos();
        return pairs.stream().filter(pair -> pair.head.wallNanos() <= slowest).toList();
      };
    }
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[3]));
    return pairs -> pairs.stream().filter(pair -> random.nextDouble() >= share).toList();
  }

  private static List<Trial> planned(int trials) {
    List<Trial> planned = new ArrayList<>();
    for (int number = 0; number < trials; number++) {
      for (String program : TrialPrograms.NAMES) {
        planned.add(new Trial(program, "same", number));
        if (number % TRIALS_PER_SLOWDOWN == 0) {
          planned.add(new Trial(program, "ab03", number));
          planned.add(new Trial(program, "ab10", number));
        }
      }
    }
    return planned;
  }

  private static void record(Path file, int trials, int seed, long deadlineNanos, boolean whole)
      throws IOException, InterruptedException {
    List<Trial> left = planned(trials);
    Set<Trial> done = new HashSet<>(Files.exists(file) ? read(file).keySet() : Set.of());
    left.removeAll(done);
    Path steps = file.resolveSibling(file.getFileName() + ".steps");
    Path folder = Files.createTempDirectory("bursters");
    Path burst = Bursters.build(folder);
    try (TrialPrograms programs = TrialPrograms.build(steps)) {
      for (Trial trial : left) {
        if (System.nanoTime() - deadlineNanos >= 0) {
          break;
        }
        try (Bursters _ = Bursters.start(burst, BURSTERS, trial.seed(seed))) {
          String rows = measured(programs, trial, whole);
          Files.writeString(file, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      }
    } finally {
      for (String name : List.of("burst", "burst.c", ".")) {
        Files.delete(folder.resolve(name).normalize());
      }
    }
  }

  private static String measured(TrialPrograms programs, Trial trial, boolean whole)
      throws InterruptedException {
    StringBuilder rows = new StringBuilder();
    Clocked clocked = Clocked.of(trial);
    long beganNanos = System.nanoTime();
    InterleavedOutcome outcome =
        InterleavedRunner.run(
            TrialPrograms.definition(trial.program),
            programs.tree("base"),
            programs.tree(trial.commit),
            0,
            MOST_PAIRS,
            BUDGET,
            new InterleavedRunner.PairObserver() {
              @Override
              public boolean pairDone(int number, List<Sample> base, List<Sample> head) {
                long atNanos = System.nanoTime() - beganNanos;
                Pair pair = new Pair(atNanos, base.getFirst(), head.getFirst());
                rows.append(row(trial, number, 'A', atNanos, pair.base));
                rows.append(row(trial, number, 'B', atNanos, pair.head));
                return clocked.pairDone(number, pair) && !whole;
              }

              @Override
              public Placement placement(int pair) {
                return clocked.placement(pair);
              }

              @Override
              public void skipped(Skip skip) {
                throw new IllegalStateException(skip.toString());
              }
            });
    if (!outcome.failures().isEmpty()) {
      throw new IllegalStateException(trial + ": " + outcome);
    }
    System.out.println(trial.text() + " " + sentence(clocked.compared()));
    return rows.toString();
  }

  private static String sentence(PairedSeries series) {
    PairedComparison.Decision decision = Objects.requireNonNull(series.decision());
    return String.format(
        Locale.ROOT,
        "%s %+.2f %% (%+.2f to %+.2f) over %d pairs by %s",
        decision.kind(),
        100 * decision.effect(),
        100 * decision.low(),
        100 * decision.high(),
        decision.pairs(),
        series.yardstickWords());
  }

  private static String row(Trial trial, int pair, char side, long atNanos, Sample sample) {
    return trial.text()
        + ','
        + pair
        + ','
        + side
        + ','
        + atNanos
        + ','
        + SampleRow.of(sample)
        + '\n';
  }

  private static Map<Trial, List<Pair>> read(Path file) throws IOException {
    Map<Trial, List<Pair>> trials = new LinkedHashMap<>();
    Iterator<String> lines = SampleRow.lines(file).iterator();
    while (lines.hasNext()) {
      String[] base = lines.next().split(",", -1);
      String[] head = lines.next().split(",", -1);
      trials
          .computeIfAbsent(
              new Trial(base[0], base[1], Integer.parseInt(base[2])), trial -> new ArrayList<>())
          .add(new Pair(Long.parseLong(base[5]), sample(base), sample(head)));
    }
    return trials;
  }

  private static Sample sample(String[] fields) {
    return SampleRow.read(fields[0], 0, fields, FIRST_OF_SAMPLE);
  }

  private static void score(Path file, UnaryOperator<List<Pair>> flakes) throws IOException {
    Map<String, List<Judged>> judged = new TreeMap<>();
    read(file)
        .forEach((trial, pairs) -> {
          Judged one = Judged.of(trial, flakes.apply(pairs));
          for (String row : List.of(trial.commit + " " + trial.program, trial.commit + " ~ all")) {
            judged.computeIfAbsent(row, name -> new ArrayList<>()).add(one);
          }
        });
    judged.forEach((row, trials) -> {
      Map<String, Integer> counts = new TreeMap<>();
      trials.forEach(one -> one.outcomes.forEach(text -> counts.merge(text, 1, Integer::sum)));
      double[] seconds = trials.stream().mapToDouble(Judged::seconds).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%s: %d trials, seconds a verdict median %.1f, most %.1f%n",
          row,
          trials.size(),
          seconds[seconds.length / 2],
          seconds[seconds.length - 1]);
      counts.forEach((text, count) -> System.out.println("  " + text + ": " + count));
    });
  }

  /** What each rule said of a trial. */
  private record Judged(double seconds, List<String> outcomes) {
    static Judged of(Trial trial, List<Pair> pairs) {
      Clocked clocked = Clocked.of(trial);
      int used = 0;
      boolean isEnough = false;
      while (!isEnough && used < pairs.size()) {
        isEnough = clocked.pairDone(used, pairs.get(used));
        used++;
      }
      PairedSeries series = clocked.compared();
      List<Pair> seen = pairs.subList(0, used);
      double ratio = mean(seen, pair -> pair.head) / mean(seen, pair -> pair.base);
      return new Judged(
          seen.getLast().atNanos / NANOS_PER_SECOND,
          List.of(
              "nightjar " + Objects.requireNonNull(series.decision()).kind(),
              "nightjar by " + series.yardstickWords(),
              "hyperfine mean + 5 % " + (ratio > 1.05 ? "REGRESSED" : "ok"),
              "github-action-benchmark 200 % " + (ratio > 2 ? "REGRESSED" : "ok")));
    }

    private static double mean(List<Pair> pairs, Function<Pair, Sample> side) {
      return pairs.stream()
          .mapToDouble(pair -> side.apply(pair).wallNanos())
          .average()
          .orElseThrow();
    }
  }
}
