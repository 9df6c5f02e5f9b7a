package dev.nightjar.gate.history;

import dev.nightjar.gate.decision.NamePattern;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.store.run.BenchmarkFailure;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
public final class Inventory {
  private final List<String> names;
  private final List<String> suites;
  private final List<String> benchmarks;
  private final boolean isOwnRun;

  /**
   * An inventory.
   *
   * @param names that the settings list; empty where they list none
   * @param suites that a run of Nightjar's own gives
   * @param benchmarks that it gives
   * @param pipeline of the present run
   */
  public Inventory(
      List<String> names, List<String> suites, List<String> benchmarks, String pipeline) {
    this.names = names;
    this.suites = suites;
    this.benchmarks = benchmarks;
    isOwnRun = !pipeline.equals(PastRun.OF_FILES);
  }

  /** Whether the present run is Nightjar's own, so that the settings say what it gives. */
  public boolean isOwnRun() {
    return isOwnRun;
  }

  /** Whether an earlier run is of the same kind, so that it may say what this one should give. */
  boolean isOfSameKind(PastRun past) {
    return isOwnRun != past.pipeline().equals(PastRun.OF_FILES);
  }

  /** Whether a series that the baseline's runs gave is expected. */
  public boolean expects(Series series) {
    if (!names.isEmpty()) {
      return names.stream().anyMatch(name -> isOf(name, series));
    }
    if (!isOwnRun) {
      return true;
    }
    String suite = series.benchmark().suite();
    return suite != null
        ? suites.contains(suite)
        : benchmarks.stream().anyMatch(name -> BenchmarkFailure.isOf(name, series));
  }

  /** Names that the settings list and that no series has, be it present or known as absent. */
  public List<String> withoutAny(Set<Series> present, Set<Series> absent) {
    return names.stream()
        .filter(name ->
            Stream.concat(present.stream(), absent.stream()).noneMatch(one -> isOf(name, one)))
        .toList();
  }

  private static boolean isOf(String name, Series series) {
    return NamePattern.matches(name, series.benchmark().name());
  }

  /** What stands for a series that failed and that no run has measured. */
  public static Series neverMeasured(BenchmarkFailure failure) {
    Series bare = neverMeasured(failure.suite(), failure.name());
    return new Series(
        bare.benchmark(),
        Objects.requireNonNullElse(failure.parameters(), bare.parameters()),
        Objects.requireNonNullElse(failure.device(), bare.device()));
  }

  /** What stands for a benchmark that no run has measured. */
  public static Series neverMeasured(@Nullable String suite, String name) {
    return new Series(
        new Benchmark(name, suite, "time", "s", Direction.LOWER_IS_BETTER),
        Collections.unmodifiableSortedMap(new TreeMap<>()),
        Device.CPU);
  }
}
