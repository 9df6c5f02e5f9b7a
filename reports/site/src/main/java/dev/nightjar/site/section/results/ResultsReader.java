package dev.nightjar.site.section.results;

import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.site.data.Comparison;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.store.Database;
import dev.nightjar.store.sample.DisturbedSample;
import dev.nightjar.store.sample.SeriesRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gathers what was measured or expected in a run, each series with its history. */
final class ResultsReader {
  private static final int EARLIER_RUNS = 60;

  private final Database database;
  private final Run run;
  private final ChangePointFinder changePoints;
  private final SmallestEffect smallestEffect;
  private final Map<UUID, Map<Series, VerdictKind>> verdicts = new HashMap<>();

  ResultsReader(
      Database database, Run run, ChangePointFinder changePoints, SmallestEffect smallestEffect) {
    this.database = database;
    this.run = run;
    this.changePoints = changePoints;
    this.smallestEffect = smallestEffect;
  }

  List<SeriesResult> read() {
    Map<Series, List<Sample>> measured = new LinkedHashMap<>();
    for (Sample sample : database.samples().of(run.id())) {
      measured.computeIfAbsent(sample.series(), any -> new ArrayList<>()).add(sample);
    }
    Map<Series, Verdict> judged = new LinkedHashMap<>();
    database.verdicts().of(run.id()).forEach(verdict -> judged.put(verdict.series(), verdict));
    judged.keySet().forEach(series -> measured.putIfAbsent(series, List.of()));
    Map<Series, Map<Integer, DisturbedSample>> disturbed = disturbed();
    List<SeriesResult> results = new ArrayList<>();
    measured.forEach((series, own) ->
        results.add(
            result(series, own, disturbed.getOrDefault(series, Map.of()), judged.get(series))));
    return results;
  }

  private Map<Series, Map<Integer, DisturbedSample>> disturbed() {
    Map<Series, Map<Integer, DisturbedSample>> marks = new HashMap<>();
    for (DisturbedSample mark : database.disturbances().of(run.id())) {
      marks.computeIfAbsent(mark.series(), any -> new HashMap<>()).put(mark.ordinal(), mark);
    }
    return marks;
  }

  private SeriesResult result(
      Series series,
      List<Sample> own,
      Map<Integer, DisturbedSample> disturbed,
      @Nullable Verdict verdict) {
    List<SeriesRun> runs = new ArrayList<>(earlierRuns(series));
    if (!own.isEmpty()) {
      runs.add(new SeriesRun(run.id(), run.headCommit(), run.startedAt(), own));
    }
    List<HistoryPoint> history = points(series, runs, ComparedBy.VALUE, verdict);
    Comparison comparison = comparison(series, runs, history, verdict);
    double[] medians = comparison.points().stream().mapToDouble(HistoryPoint::median).toArray();
    return new SeriesResult(
        series, own, disturbed, history, changePoints.find(medians), verdict, comparison);
  }

  /** By what the verdict says, where all runs have it. */
  private Comparison comparison(
      Series series, List<SeriesRun> runs, List<HistoryPoint> history, @Nullable Verdict verdict) {
    ComparedBy said = verdict == null ? ComparedBy.VALUE : ComparedBy.saidIn(verdict.evidence());
    boolean isKnown =
        runs.stream()
            .flatMap(one -> one.samples().stream())
            .allMatch(sample -> Comparison.of(said, sample).isPresent());
    return said == ComparedBy.VALUE || !isKnown
        ? new Comparison(ComparedBy.VALUE, history, smallestEffect.of(series))
        : new Comparison(said, points(series, runs, said, verdict), smallestEffect.of(series));
  }

  private List<HistoryPoint> points(
      Series series, List<SeriesRun> runs, ComparedBy by, @Nullable Verdict verdict) {
    return runs.stream().map(one -> point(one, by, kind(series, one, verdict))).toList();
  }

  private @Nullable VerdictKind kind(Series series, SeriesRun of, @Nullable Verdict verdict) {
    if (of.runId().equals(run.id())) {
      return verdict == null ? null : verdict.kind();
    }
    return verdictsOf(of.runId()).get(series);
  }

  private List<SeriesRun> earlierRuns(Series series) {
    return database
        .samples()
        .history(run.repositoryId(), run.hostId(), series, run.startedAt(), EARLIER_RUNS);
  }

  private Map<Series, VerdictKind> verdictsOf(UUID runId) {
    return verdicts.computeIfAbsent(
        runId,
        id -> {
          Map<Series, VerdictKind> kinds = new HashMap<>();
          database.verdicts().of(id).forEach(one -> kinds.put(one.series(), one.kind()));
          return kinds;
        });
  }

  private static HistoryPoint point(SeriesRun of, ComparedBy by, @Nullable VerdictKind verdict) {
    double[] values =
        of.samples().stream()
            .mapToDouble(sample -> Comparison.of(by, sample).orElseThrow())
            .sorted()
            .toArray();
    MedianInterval median = MedianInterval.of(values);
    return new HistoryPoint(
        of.runId(),
        of.startedAt(),
        of.headCommit(),
        values.length,
        values[0],
        median.median(),
        values[values.length - 1],
        median.low(),
        median.high(),
        verdict);
  }
}
