package dev.nightjar.jobs.gate;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.gate.NamePattern;
import dev.nightjar.jobs.settings.Settings;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.store.BenchmarkFailure;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which results a run is expected to give, so that one that is not there is known to be missing.
 *
 * <p>Where the settings list names, those and no others. Else what the baseline's runs gave: for a
 * run of Nightjar's own as far as the settings still ask for it, for result files what earlier
 * files gave that have a series in common with these, as one repository may have several kinds.
 */
final class Inventory {
  private final Settings settings;
  private final boolean isOwnRun;

  /**
   * An inventory.
   *
   * @param pipeline of the present run
   */
  Inventory(Settings settings, String pipeline) {
    this.settings = settings;
    isOwnRun = !pipeline.equals(ResultFilesRun.PIPELINE);
  }

  /** Whether the present run is Nightjar's own, so that the settings say what it gives. */
  boolean isOwnRun() {
    return isOwnRun;
  }

  /** Whether an earlier run is of the same kind, so that it may say what this one should give. */
  boolean isOfSameKind(PastRun past) {
    return isOwnRun != past.pipeline().equals(ResultFilesRun.PIPELINE);
  }

  /** Whether a series that the baseline's runs gave is expected. */
  boolean expects(Series series) {
    if (!settings.inventory().isEmpty()) {
      return settings.inventory().stream().anyMatch(name -> isOf(name, series));
    }
    if (!isOwnRun) {
      return true;
    }
    String suite = series.benchmark().suite();
    return suite != null
        ? settings.suites().contains(suite)
        : settings.benchmarks().stream()
            .map(BenchmarkDefinition::name)
            .anyMatch(name -> BenchmarkFailure.isOf(name, series));
  }

  /** Names that the settings list and that no series has, be it present or known as absent. */
  List<String> withoutAny(Set<Series> present, Set<Series> absent) {
    return settings.inventory().stream()
        .filter(name ->
            Stream.concat(present.stream(), absent.stream()).noneMatch(one -> isOf(name, one)))
        .toList();
  }

  private static boolean isOf(String name, Series series) {
    return NamePattern.matches(name, series.benchmark().name());
  }

  /** What stands for a series that failed and that no run has measured. */
  static Series neverMeasured(BenchmarkFailure failure) {
    Series bare = neverMeasured(failure.suite(), failure.name());
    return failure.parameters() == null
        ? bare
        : new Series(bare.benchmark(), failure.parameters(), bare.device());
  }

  /** What stands for a benchmark that no run has measured. */
  static Series neverMeasured(@Nullable String suite, String name) {
    return new Series(
        new Benchmark(name, suite, "time", "s", Direction.LOWER_IS_BETTER),
        Collections.unmodifiableSortedMap(new TreeMap<>()),
        "cpu");
  }
}
