package dev.nightjar.jobs.steps;

import dev.nightjar.gate.Judge;
import dev.nightjar.gate.RunValues;
import dev.nightjar.gate.SeriesHistory;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.BenchmarkFailure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what the run measured with the earlier runs of this machine, and keeps the verdicts. */
public final class JudgeStep implements PipelineStep {
  private static final int EARLIER_RUNS = 50;

  @Override
  public String run(RunContext context) {
    List<Verdict> verdicts = Judge.judge(histories(context), context.settings().gate());
    Run run = context.run();
    context.database().verdicts().put(run.id(), run.repositoryId(), run.hostId(), verdicts);
    return summary(verdicts);
  }

  private static String summary(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return "nothing to judge";
    }
    Map<VerdictKind, Long> counts =
        verdicts.stream()
            .collect(
                Collectors.groupingBy(
                    Verdict::kind, () -> new EnumMap<>(VerdictKind.class), Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().word())
        .collect(Collectors.joining(", "));
  }

  private static List<SeriesHistory> histories(RunContext context) {
    Run run = context.run();
    Map<Series, List<Sample>> measured = new LinkedHashMap<>();
    for (Sample sample : context.database().samples().of(run.id())) {
      measured.computeIfAbsent(sample.series(), series -> new ArrayList<>()).add(sample);
    }
    List<BenchmarkFailure> failures = context.database().benchmarkFailures().of(run.id());
    Set<Series> before =
        context
            .database()
            .samples()
            .measuredBefore(run.repositoryId(), run.hostId(), run.startedAt());

    List<SeriesHistory> histories = new ArrayList<>();
    measured.forEach((series, samples) ->
        histories.add(measured(context, series, samples, failureOf(series, failures))));
    Set<Series> judged = new HashSet<>(measured.keySet());
    for (Series series : before) {
      if (judged.add(series)) {
        String failure = failureOf(series, failures);
        List<RunValues> earlier = earlier(context, series);
        histories.add(
            failure != null
                ? SeriesHistory.failed(series, earlier, failure)
                : SeriesHistory.absent(series, earlier, isExpected(context, series)));
      }
    }
    for (BenchmarkFailure failure : failures) {
      if (judged.stream().noneMatch(failure::concerns)) {
        histories.add(SeriesHistory.failed(neverMeasured(failure), List.of(), failure.reason()));
      }
    }
    return histories;
  }

  private static SeriesHistory measured(
      RunContext context, Series series, List<Sample> samples, @Nullable String failure) {
    Run run = context.run();
    List<RunValues> earlier = earlier(context, series);
    return failure != null
        ? SeriesHistory.failed(series, earlier, failure)
        : SeriesHistory.measured(
            series, earlier, RunValues.of(run.id(), run.headCommit(), run.startedAt(), samples));
  }

  private static List<RunValues> earlier(RunContext context, Series series) {
    Run run = context.run();
    return context
        .database()
        .samples()
        .history(run.repositoryId(), run.hostId(), series, run.startedAt(), EARLIER_RUNS)
        .stream()
        .map(earlier ->
            RunValues.of(
                earlier.runId(), earlier.headCommit(), earlier.startedAt(), earlier.samples()))
        .toList();
  }

  /** Whether the settings ask for it: a benchmark that was taken out of them is not missing. */
  private static boolean isExpected(RunContext context, Series series) {
    String suite = series.benchmark().suite();
    return suite != null
        ? context.settings().suites().contains(suite)
        : context.settings().benchmarks().stream()
            .anyMatch(benchmark -> BenchmarkFailure.isOf(benchmark.name(), series));
  }

  private static @Nullable String failureOf(Series series, List<BenchmarkFailure> failures) {
    return failures.stream()
        .filter(failure -> failure.concerns(series))
        .map(BenchmarkFailure::reason)
        .findFirst()
        .orElse(null);
  }

  private static Series neverMeasured(BenchmarkFailure failure) {
    SortedMap<String, String> none = new TreeMap<>();
    return new Series(
        new Benchmark(failure.name(), failure.suite(), "time", "s", Direction.LOWER_IS_BETTER),
        none,
        "cpu");
  }
}
