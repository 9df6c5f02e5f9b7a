package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedBudgetTest {
  private static final Duration ALL = Duration.ofSeconds(90);

  private final List<String> measured = new ArrayList<>();
  private final SharedBudget.Measuring measuring =
      (benchmark, time, upTo) -> {
        Told told = (Told) benchmark;
        measured.add("%s %d s to %s".formatted(told.name(), time.toSeconds(), upTo));
        told.used = told.used.plus(told.stopsAfter.compareTo(time) < 0 ? told.stopsAfter : time);
      };

  /** One of which it is known beforehand what it needs. */
  private static final class Told extends PairedBenchmark {
    private final Optional<Duration> missing;
    private final boolean looksChanged;
    private final Duration stopsAfter;
    private Duration used = Duration.ZERO;

    Told(String name, int stopsAfter, Optional<Duration> missing, boolean looksChanged) {
      super(
          BenchmarkDefinition.named(name).command("true").build(),
          ALL,
          1000,
          (series, count, pairs) ->
              PairedComparison.under(GatePolicy.DEFAULT, series, count, pairs),
          note -> {},
          () -> 0);
      this.missing = missing;
      this.looksChanged = looksChanged;
      this.stopsAfter = Duration.ofSeconds(stopsAfter);
    }

    @Override
    Optional<Duration> missing() {
      return missing;
    }

    @Override
    boolean looksChanged() {
      return looksChanged;
    }

    @Override
    Duration used() {
      return used;
    }
  }

  private void share(Told... benchmarks) throws InterruptedException {
    SharedBudget budget = new SharedBudget(ALL, benchmarks.length);
    for (Told benchmark : benchmarks) {
      budget.first(benchmark, measuring);
    }
    budget.extend(List.of(benchmarks), measuring);
  }

  private static Optional<Duration> seconds(int seconds) {
    return Optional.of(Duration.ofSeconds(seconds));
  }

  @Test
  void whatIsLeftGoesToThoseThatLookChangedAndOfThemToTheCheapest() throws Exception {
    share(
        new Told("decided", 6, seconds(0), false),
        new Told("same", 10, seconds(4), false),
        new Told("dear", 10, seconds(30), true),
        new Told("cheap", 10, seconds(8), true),
        new Told("hopeless", 10, Optional.empty(), true));
    assertEquals(
        List.of(
            "decided 18 s to 0.5",
            "same 18 s to 0.5",
            "dear 18 s to 0.5",
            "cheap 18 s to 0.5",
            "hopeless 18 s to 0.5",
            "cheap 12 s to 1.0",
            "dear 34 s to 1.0",
            "same 6 s to 1.0"),
        measured);
  }

  @Test
  void whatIsFarBeyondWhatIsLeftGetsNothing() throws Exception {
    share(new Told("far", 40, seconds(200), true), new Told("near", 40, seconds(4), false));
    assertEquals(List.of("far 45 s to 0.5", "near 45 s to 0.5", "near 6 s to 1.0"), measured);
  }

  @Test
  void aSingleBenchmarkHasAllOfItAtOnce() throws Exception {
    share(new Told("only", 100, seconds(50), true));
    assertEquals(List.of("only 90 s to 1.0"), measured);
  }
}
