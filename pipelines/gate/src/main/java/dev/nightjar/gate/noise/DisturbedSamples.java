package dev.nightjar.gate.noise;

import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.Condition;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Which samples of a series were disturbed, and how far all of them are believed.
 *
 * @param weights one for each sample, in their order, within (0, 1]
 * @param marks the disturbed ones
 * @param causes how often each condition was the main one
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract; never compared
public record DisturbedSamples(
    double[] weights, List<DisturbedSample> marks, Map<Condition, Integer> causes) {
  /** Enough to tell a machine's usual clock; each costs a reading of its telemetry. */
  private static final int RUNS_WITH_TELEMETRY = 5;

  public static final DisturbedSamples NONE =
      new DisturbedSamples(new double[0], List.of(), Map.of());

  /**
   * What is usual is learnt from earlier runs of the series, and from these samples where those do
   * not tell.
   *
   * @param past oldest first
   */
  public static DisturbedSamples among(
      List<Sample> samples, List<RunHistory.PastValues> past, MachineWindows windows) {
    if (!isObserved(samples)) {
      return new DisturbedSamples(RunValues.undisturbed(samples.size()), List.of(), Map.of());
    }
    List<Sample> present = samples.stream().map(windows::observe).toList();
    QuietBaseline quiet = QuietBaseline.of(usual(past, windows), present);
    double[] weights = new double[samples.size()];
    Arrays.fill(weights, 1);
    List<DisturbedSample> marks = new ArrayList<>();
    Map<Condition, Integer> causes = new EnumMap<>(Condition.class);
    for (int i = 0; i < weights.length; i++) {
      Disturbance disturbance = Disturbance.of(present.get(i), quiet);
      if (disturbance.isDisturbed()) {
        Sample sample = samples.get(i);
        weights[i] = disturbance.weight();
        causes.merge(disturbance.causes().getFirst().condition(), 1, Integer::sum);
        marks.add(
            new DisturbedSample(
                sample.series(), sample.ordinal(), disturbance.weight(), disturbance.sentence()));
      }
    }
    return new DisturbedSamples(weights, List.copyOf(marks), causes);
  }

  /** The samples of earlier runs, with what the telemetry tells of the newest. */
  private static List<Sample> usual(List<RunHistory.PastValues> past, MachineWindows windows) {
    List<Sample> usual = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      RunHistory.PastValues run = past.get(i);
      boolean isNew = past.size() - i <= RUNS_WITH_TELEMETRY;
      // A run from a file brings what its telemetry told; of older ones it must count no more here
      // than where the run was made.
      UnaryOperator<Sample> observed =
          isNew ? windows.ofPast(run.run())::observe : MachineWindows::atBoundaries;
      run.observed().forEach(sample -> usual.add(observed.apply(sample)));
    }
    return usual;
  }

  /** Whether anything was read of the machine that matters: nothing is of files, and of counts. */
  private static boolean isObserved(List<Sample> samples) {
    for (Sample sample : samples) {
      if (sample.wallNanos() != 0 && !sample.series().isCounted()) {
        return true;
      }
    }
    return false;
  }

  /** For the verdict's evidence; empty when nothing was disturbed. */
  public String sentence() {
    if (marks.isEmpty()) {
      return "";
    }
    Condition main =
        causes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return "%d of %d repetitions were disturbed and count less, mostly as %s"
        .formatted(marks.size(), weights.length, main.sentence());
  }
}
