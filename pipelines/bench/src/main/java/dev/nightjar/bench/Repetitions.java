package dev.nightjar.bench;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How far a benchmark has come in a run. What it says follows from the repetitions alone, so that a
 * run that was killed goes on as if it had not been.
 */
public final class Repetitions {
  private final StoppingRule rule;
  private final Map<Series, List<Double>> values = new HashMap<>();
  private long spentNanos;
  private int next;
  private int given;
  private OptionalInt planned = OptionalInt.empty();

  /** None yet. */
  public Repetitions(BenchmarkDefinition definition) {
    this(definition.repetitions());
  }

  private Repetitions(StoppingRule rule) {
    this.rule = rule;
  }

  /** Those of which samples are stored, in any order. */
  public static Repetitions of(BenchmarkDefinition definition, List<Sample> stored) {
    return of(definition.repetitions(), definition.ordinalsPerRepetition(), stored);
  }

  /**
   * The same of what is repeated until a rule is met.
   *
   * @param ordinalsPerRepetition a repetition numbers its samples from its own number times this
   */
  public static Repetitions of(StoppingRule rule, int ordinalsPerRepetition, List<Sample> stored) {
    Map<Integer, List<Sample>> byRepetition = new TreeMap<>();
    for (Sample sample : stored) {
      int repetition = sample.ordinal() / ordinalsPerRepetition;
      byRepetition.computeIfAbsent(repetition, number -> new ArrayList<>()).add(sample);
    }
    Repetitions repetitions = new Repetitions(rule);
    byRepetition.forEach((number, samples) -> repetitions.done(number, samples));
    return repetitions;
  }

  /** A repetition is over; one that failed and is left out gave no samples. */
  public void done(int repetition, List<Sample> samples) {
    next = repetition + 1;
    given += samples.isEmpty() ? 0 : 1;
    spentNanos += spentNanos(samples);
    samples.forEach(sample ->
        values.computeIfAbsent(sample.series(), series -> new ArrayList<>()).add(sample.value()));
    if (planned.isEmpty() && rule.isMet(next, arrays(), spentNanos)) {
      planned = OptionalInt.of(next);
    }
  }

  /** What an instrument's run of its own took is no part of the time for repetitions. */
  private static long spentNanos(List<Sample> samples) {
    return samples.stream()
        .filter(sample -> !sample.series().isCounted())
        .findFirst()
        .map(Sample::wallNanos)
        .orElse(0L);
  }

  /** What only the first repetitions measure, as instruments do, never asks for more of them. */
  private List<double[]> arrays() {
    return values.values().stream()
        .filter(list -> list.size() >= given)
        .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  /** What was counted, by series. */
  Map<Series, List<Double>> counts() {
    Map<Series, List<Double>> counts = new HashMap<>(values);
    counts.keySet().removeIf(series -> !series.isCounted());
    return counts;
  }

  /** The first that is not done. */
  public int next() {
    return next;
  }

  /** After how many the stopping rule was met; absent before. */
  public OptionalInt planned() {
    return planned;
  }

  /** Whether the stopping rule is met. */
  public boolean isEnough() {
    return planned.isPresent();
  }
}
