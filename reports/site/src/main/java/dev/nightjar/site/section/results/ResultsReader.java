package dev.nightjar.site.section.results;

import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.store.Database;
import dev.nightjar.store.sample.DisturbedSample;
import dev.nightjar.store.sample.SeriesRun;
import java.time.Instant;
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
  private final Map<UUID, Map<Series, VerdictKind>> verdicts = new HashMap<>();

  ResultsReader(Database database, Run run, ChangePointFinder changePoints) {
    this.database = database;
    this.run = run;
    this.changePoints = changePoints;
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
    List<HistoryPoint> history = new ArrayList<>();
    for (SeriesRun earlier : earlierRuns(series)) {
      history.add(
          point(
              earlier.runId(),
              earlier.startedAt(),
              earlier.headCommit(),
              earlier.samples(),
              verdictsOf(earlier.runId()).get(series)));
    }
    if (!own.isEmpty()) {
      VerdictKind kind = verdict == null ? null : verdict.kind();
      history.add(point(run.id(), run.startedAt(), run.headCommit(), own, kind));
    }
    double[] medians = history.stream().mapToDouble(HistoryPoint::median).toArray();
    return new SeriesResult(series, own, disturbed, history, changePoints.find(medians), verdict);
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

  private static HistoryPoint point(
      UUID runId,
      Instant startedAt,
      @Nullable String headCommit,
      List<Sample> samples,
      @Nullable VerdictKind verdict) {
    double[] values = samples.stream().mapToDouble(Sample::value).sorted().toArray();
    MedianInterval median = MedianInterval.of(values);
    return new HistoryPoint(
        runId,
        startedAt,
        headCommit,
        values.length,
        values[0],
        median.median(),
        values[values.length - 1],
        median.low(),
        median.high(),
        verdict);
  }
}
