package dev.nightjar.bench;

import dev.nightjar.bench.quantity.CompilingRuntime;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people should know of counts: how much they move by themselves, and why. */
final class CountNotes {
  /** A count that moves by more than this is not what people take a count for. */
  private static final double STEADY = 0.001;

  private CountNotes() {}

  /**
   * The notes.
   *
   * @param counts the values of each counted series
   * @param programs command lines of what ran, as far as they are known
   */
  static List<Skip> of(
      BenchmarkDefinition definition,
      Map<Series, List<Double>> counts,
      Collection<String> programs) {
    Optional<String> runtime = CompilingRuntime.in(programs);
    List<Skip> notes = new ArrayList<>();
    counts.forEach((series, values) ->
        note(values, runtime)
            .ifPresent(note ->
                notes.add(
                    new Skip(
                        "benchmarks",
                        definition.name() + ", " + series.benchmark().metric(),
                        note))));
    return notes;
  }

  private static Optional<String> note(List<Double> values, Optional<String> runtime) {
    String cause =
        runtime
            .map(name -> name + " compiles while it runs, so its counts move with compilation")
            .orElse("something in it differs from run to run, such as a random seed or threads");
    if (values.size() < 2) {
      return runtime.map(_ -> cause + ": the verdict says how much, from pair to pair");
    }
    double least = Collections.min(values);
    double moved = least > 0 ? Collections.max(values) / least - 1 : 0;
    return runtime.isEmpty() && moved <= STEADY
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the count moved by %.2f %% between %d repetitions: %s",
                100 * moved,
                values.size(),
                cause));
  }
}
