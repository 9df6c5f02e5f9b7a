package dev.nightjar.gate.trial;

import dev.nightjar.gate.Judgement;
import dev.nightjar.gate.RunJudge;
import dev.nightjar.gate.decision.Doubt;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.exchange.FolderHistory;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.Inventory;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Whether a regression stays one: histories of nights with noise that was recorded on a real
 * machine, each night judged by {@link RunJudge} with all that the nights before left behind.
 *
 * <p>A step comes after some flat nights, is left alone, and is mended. A night's repetitions are
 * neighbours in the recorded series, whose values are by the median of their labelled segment;
 * where they begin is drawn anew each night. What is in {@link Doubt} is measured three times more,
 * as a run does it. Then flat histories of all recorded series in one run: what opens in them, and
 * how soon it ends. The last part has normal noise, of a machine as quiet as its deviation says.
 */
public final class StayTrial {
  private static final int REPETITIONS = 5;
  private static final int BEFORE = 20;
  private static final int SLOW = 30;
  private static final int AFTER = 10;
  private static final double STEP = 0.10;
  private static final int FLAT_BEFORE = 10;
  private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");

  private final SplittableRandom random;
  private final List<double[]> noises;
  private final List<ArchivedRun> past = new ArrayList<>();
  private final List<PastRun> runs = new ArrayList<>();

  private StayTrial(SplittableRandom random, List<double[]> noises) {
    this.random = random;
    this.noises = noises;
  }

  /** Arguments: a seed, histories of each series, flat histories, flat nights, recorded series. */
  public static void main(String[] args) throws IOException {
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[0]));
    int histories = Integer.parseInt(args[1]);
    List<double[]> recorded = new ArrayList<>();
    ChangePointTrial.recorded(Path.of(args[4])).forEach(s -> recorded.add(NullRunsTrial.noise(s)));
    System.out.println("seed " + args[0] + ", steps of " + STEP + ", smallest effect 0.05");
    Steps all = new Steps();
    for (double[] noise : recorded) {
      for (int i = 0; i < histories; i++) {
        all.add(new StayTrial(random, List.of(noise)).stepped());
      }
    }
    System.out.println("recorded noise, " + all);
    for (double deviation : new double[] {0.003, 0.006, 0.012, 0.02}) {
      Steps normal = new Steps();
      for (int i = 0; i < 4 * histories; i++) {
        normal.add(new StayTrial(random, List.of(normal(random, deviation))).stepped());
      }
      System.out.println("normal noise of " + deviation + " between nights, " + normal);
    }
    flat(random, recorded, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
  }

  /** Nights that differ by the deviation, the repetitions of each by as much again. */
  private static double[] normal(SplittableRandom random, double deviation) {
    double[] noise = new double[1_000 * REPETITIONS];
    double level = 0;
    for (int i = 0; i < noise.length; i++) {
      level = i % REPETITIONS == 0 ? deviation * random.nextGaussian() : level;
      noise[i] = Math.exp(level + deviation * random.nextGaussian());
    }
    return noise;
  }

  /**
   * What came of a step.
   *
   * @param opened the night on which it was found; −1 if none
   * @param kept nights after that on which it was red or still regressed, of those before the mend
   * @param left how many these are
   * @param isOfTheStep whether the finding's commits are those of the step, all the time
   * @param closed nights after the mend until none was open; −1 if that did not come
   * @param state how the first ended
   */
  private record Step(
      int opened, int kept, int left, boolean isOfTheStep, int closed, String state) {}

  private Step stepped() {
    int opened = -1;
    int kept = 0;
    int closed = -1;
    boolean isOfTheStep = true;
    String state = "";
    for (int night = 0; night < BEFORE + SLOW + AFTER; night++) {
      boolean isSlow = night >= BEFORE && night < BEFORE + SLOW;
      Judgement judgement = night(night, isSlow ? 1 + STEP : 1);
      List<Finding> open = judgement.findings().open();
      VerdictKind kind = judgement.verdicts().getFirst().kind();
      boolean isRed = kind == VerdictKind.REGRESSED || kind == VerdictKind.STILL_REGRESSED;
      if (isSlow && opened < 0 && isRed) {
        opened = night - BEFORE;
      } else if (isSlow && opened >= 0) {
        kept += isRed ? 1 : 0;
      }
      isOfTheStep &= !isSlow || opened < 0 || (!open.isEmpty() && isOfTheStep(open.getFirst()));
      if (night >= BEFORE + SLOW && closed < 0 && open.isEmpty()) {
        closed = night - BEFORE - SLOW;
      }
      for (FindingEnd end : judgement.findings().ended()) {
        state = state.isEmpty() ? end.state().word() : state;
      }
    }
    return new Step(opened, kept, opened < 0 ? 0 : SLOW - 1 - opened, isOfTheStep, closed, state);
  }

  private static boolean isOfTheStep(Finding finding) {
    return finding.since().runId().equals(run(BEFORE).id())
        && finding.lastGood().runId().equals(run(BEFORE - 1).id());
  }

  /** Judges a night and keeps it. */
  private Judgement night(int night, double level) {
    Map<Integer, double[]> values = new HashMap<>();
    for (int b = 0; b < noises.size(); b++) {
      values.put(b, repetitions(noises.get(b), level));
    }
    Judgement first = judge(night, values);
    boolean isAny = false;
    for (Verdict verdict : first.verdicts()) {
      if (Doubt.of(verdict, GatePolicy.DEFAULT) != null) {
        int b = Integer.parseInt(verdict.series().benchmark().name().substring(1));
        for (int round = 1; round < 4; round++) {
          values.merge(b, repetitions(noises.get(b), level), StayTrial::both);
        }
        isAny = true;
      }
    }
    Judgement judgement = isAny ? judge(night, values) : first;
    past.add(archived(night, values, judgement.findings()));
    runs.add(run(night));
    return judgement;
  }

  private static double[] both(double[] one, double[] more) {
    double[] all = Arrays.copyOf(one, one.length + more.length);
    System.arraycopy(more, 0, all, one.length, more.length);
    return all;
  }

  private double[] repetitions(double[] noise, double level) {
    int from = random.nextInt((noise.length - REPETITIONS) / REPETITIONS + 1) * REPETITIONS;
    double[] values = Arrays.copyOfRange(noise, from, from + REPETITIONS);
    Arrays.setAll(values, i -> level * values[i]);
    return values;
  }

  private Judgement judge(int night, Map<Integer, double[]> values) {
    PresentRun present =
        PresentRun.of(run(night), archived(night, values, RunFindings.NONE).samples(), List.of());
    return new RunJudge(
            new FolderHistory(past, present, "key"),
            new Baseline(List.copyOf(runs), "the branch's history", List.of(), Set.of()),
            new Inventory(List.of(), List.of(), List.of(), "nightly"),
            MachineWindows.NONE)
        .judge(present, GatePolicy.DEFAULT);
  }

  private static PastRun run(int night) {
    return new PastRun(
        new UUID(0, night + 1),
        "nightly",
        "%040x".formatted(night + 1),
        "main",
        FIRST.plus(Duration.ofDays(night)));
  }

  private static ArchivedRun archived(
      int night, Map<Integer, double[]> values, RunFindings findings) {
    List<Sample> samples = new ArrayList<>();
    values.forEach((b, of) -> {
      Series series =
          new Series(
              new Benchmark("b" + b, null, "time", "s", Direction.LOWER_IS_BETTER),
              new TreeMap<>(),
              Device.CPU);
      for (int i = 0; i < of.length; i++) {
        samples.add(
            new Sample(series, i, of[i], run(night).startedAt(), 0, BoundaryReadings.ABSENT));
      }
    });
    return new ArchivedRun(run(night), "key", "box", samples, List.of(), List.of()).with(findings);
  }

  /** The sums over histories. */
  private static final class Steps {
    private int histories;
    private int atOnce;
    private int atOnceWhole;
    private int soon;
    private int found;
    private int kept;
    private int left;
    private int whole;
    private int ofTheStep;
    private int closedAtOnce;
    private int closedNext;
    private int closedLater;
    private final Map<String, Integer> states = new TreeMap<>();

    private void add(Step step) {
      histories++;
      if (step.opened < 0) {
        return;
      }
      found++;
      atOnce += step.opened == 0 ? 1 : 0;
      atOnceWhole += step.opened == 0 && step.kept == step.left && step.isOfTheStep ? 1 : 0;
      soon += step.opened > 0 && step.opened <= 10 ? 1 : 0;
      kept += step.kept;
      left += step.left;
      whole += step.kept == step.left ? 1 : 0;
      ofTheStep += step.isOfTheStep ? 1 : 0;
      closedAtOnce += step.closed == 0 ? 1 : 0;
      closedNext += step.closed == 1 ? 1 : 0;
      closedLater += step.closed > 1 ? 1 : 0;
      states.merge(step.state, 1, Integer::sum);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d histories: found %d (%d on the first night, of which %d were red or still regressed for the same commits on all 30 nights; %d within 10 more); of all these red or still regressed on every later slow night %d (%d of %d nights), of the step's commits all the time %d; when mended closed that night %d, the next %d, later %d; first ended as %s",
          histories,
          found,
          atOnce,
          atOnceWhole,
          soon,
          whole,
          kept,
          left,
          ofTheStep,
          closedAtOnce,
          closedNext,
          closedLater,
          states);
    }
  }

  private static void flat(
      SplittableRandom random, List<double[]> noises, int histories, int nights) {
    int opened = 0;
    int redNights = 0;
    Map<String, Integer> ends = new TreeMap<>();
    Map<Integer, Integer> lives = new TreeMap<>();
    for (int i = 0; i < histories; i++) {
      StayTrial trial = new StayTrial(random, noises);
      Map<UUID, Integer> since = new HashMap<>();
      for (int night = 0; night < FLAT_BEFORE + nights; night++) {
        RunFindings findings = trial.night(night, 1).findings();
        for (Finding finding : findings.open()) {
          opened += since.putIfAbsent(finding.id(), night) == null ? 1 : 0;
        }
        redNights += findings.open().isEmpty() ? 0 : 1;
        for (FindingEnd end : findings.ended()) {
          ends.merge(end.state().word(), 1, Integer::sum);
          lives.merge(night - since.getOrDefault(end.findingId(), night), 1, Integer::sum);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "flat: %d histories of %d nights of %d recorded series: %d findings opened (stated: at most %.0f); nights with one open: %d; ended %s, after so many nights: %s%n",
        histories,
        nights,
        noises.size(),
        opened,
        histories * nights * (1 - GatePolicy.DEFAULT.confidence()),
        redNights,
        ends,
        lives);
  }
}
