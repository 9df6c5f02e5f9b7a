package dev.nightjar.site.data;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.Database;
import dev.nightjar.store.report.CoChangeLine;
import dev.nightjar.store.report.HotspotLine;
import dev.nightjar.store.report.MonthLine;
import dev.nightjar.store.report.OwnershipLine;
import dev.nightjar.store.report.ReportQueries;
import dev.nightjar.store.sample.DisturbedSample;
import dev.nightjar.store.sample.SeriesRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gathers from the database what a report of one run says. */
public final class ReportReader {
  private static final int EARLIER_RUNS = 60;
  private static final int RUNS_LISTED = 50;
  private static final int OTHERS_LISTED = 5;
  private static final int HOTSPOTS = 25;
  private static final int CO_CHANGES = 25;
  private static final int OWNERS = 25;
  private static final int BRANCHES = 25;

  /** Two a column of the widest plot of telemetry. */
  private final Database database;

  private final ReportQueries queries;
  private final Function<double[], List<ChangePoint>> changePoints;

  /**
   * A reader of this database.
   *
   * @param pseudonyms whether people are named by pseudonyms, for a report that everybody may see
   * @param changePoints finds where a series of values in the order of time went over to another
   *     level
   */
  public ReportReader(
      Database database, boolean pseudonyms, Function<double[], List<ChangePoint>> changePoints) {
    this.database = database;
    this.changePoints = changePoints;
    this.queries = new ReportQueries(database, pseudonyms);
  }

  /**
   * What there is to say of a run by now.
   *
   * @param run the run; it may still be going on
   * @param commitIds what came into the repository since the run before, the newest first, in hex
   * @param previousHead what the run before had checked out; absent for a first run
   * @param commitTotal how many commits came in, those not among the ids included
   * @param measuredUntil when the machine was no longer watched for the run: what it does later is
   *     no part of the report, whenever that is written
   * @param now when the report is written
   */
  public ReportData read(
      Run run,
      List<String> commitIds,
      @Nullable String previousHead,
      int commitTotal,
      Instant measuredUntil,
      Instant now) {
    List<Sample> samples = database.samples().of(run.id());
    List<DisturbedSample> disturbed = database.disturbances().of(run.id());
    return new ReportData(
        run,
        queries.repositoryName(run.repositoryId()),
        queries.host(run.hostId()),
        now,
        results(run, samples, disturbed),
        new CommitRange(previousHead, commitTotal, commits(run, commitIds)),
        new Timeline(
            database.telemetry().thinned(run.id(), run.startedAt(), measuredUntil, Timeline.SLOTS),
            Duration.between(run.startedAt(), measuredUntil).dividedBy(Timeline.SLOTS),
            windows(samples),
            noise(samples, disturbed)),
        database.runs().skips(run.id()),
        runs(run),
        health(run.repositoryId()),
        findings(run.id()));
  }

  private List<CommitEntry> commits(Run run, List<String> ids) {
    return queries.commits(run.repositoryId(), ids).stream()
        .map(line ->
            new CommitEntry(
                line.id(),
                line.author(),
                line.committedAt(),
                line.subject(),
                line.listing(),
                line.filesChanged(),
                line.linesAdded(),
                line.linesDeleted()))
        .toList();
  }

  private List<SeriesResult> results(
      Run run, List<Sample> samples, List<DisturbedSample> disturbed) {
    Map<Series, List<Sample>> measured = new LinkedHashMap<>();
    samples.forEach(
        sample -> measured.computeIfAbsent(sample.series(), any -> new ArrayList<>()).add(sample));
    Map<Series, Verdict> verdicts = new LinkedHashMap<>();
    database.verdicts().of(run.id()).forEach(verdict -> verdicts.put(verdict.series(), verdict));
    verdicts.keySet().forEach(series -> measured.putIfAbsent(series, List.of()));
    Map<Series, Map<Integer, DisturbedSample>> marks = new HashMap<>();
    disturbed.forEach(mark ->
        marks.computeIfAbsent(mark.series(), any -> new HashMap<>()).put(mark.ordinal(), mark));
    Map<UUID, Map<Series, VerdictKind>> earlierVerdicts = new LinkedHashMap<>();
    List<SeriesResult> results = new ArrayList<>();
    measured.forEach((series, own) ->
        results.add(
            result(
                run,
                series,
                own,
                marks.getOrDefault(series, Map.of()),
                verdicts.get(series),
                earlierVerdicts)));
    return results;
  }

  private SeriesResult result(
      Run run,
      Series series,
      List<Sample> own,
      Map<Integer, DisturbedSample> disturbed,
      @Nullable Verdict verdict,
      Map<UUID, Map<Series, VerdictKind>> earlierVerdicts) {
    List<HistoryPoint> history = new ArrayList<>();
    for (SeriesRun earlier :
        database
            .samples()
            .history(run.repositoryId(), run.hostId(), series, run.startedAt(), EARLIER_RUNS)) {
      VerdictKind kind =
          earlierVerdicts.computeIfAbsent(earlier.runId(), this::verdictKinds).get(series);
      history.add(
          point(
              earlier.runId(), earlier.startedAt(), earlier.headCommit(), earlier.samples(), kind));
    }
    if (!own.isEmpty()) {
      VerdictKind kind = verdict == null ? null : verdict.kind();
      history.add(point(run.id(), run.startedAt(), run.headCommit(), own, kind));
    }
    double[] medians = history.stream().mapToDouble(HistoryPoint::median).toArray();
    return new SeriesResult(series, own, disturbed, history, changePoints.apply(medians), verdict);
  }

  private Map<Series, VerdictKind> verdictKinds(UUID runId) {
    Map<Series, VerdictKind> kinds = new LinkedHashMap<>();
    database.verdicts().of(runId).forEach(verdict -> kinds.put(verdict.series(), verdict.kind()));
    return kinds;
  }

  private static HistoryPoint point(
      UUID runId,
      Instant startedAt,
      @Nullable String headCommit,
      List<Sample> samples,
      @Nullable VerdictKind verdict) {
    double[] values = samples.stream().mapToDouble(Sample::value).sorted().toArray();
    int n = values.length;
    double median = (values[(n - 1) / 2] + values[n / 2]) / 2;
    int rank = lowerRank(n);
    return new HistoryPoint(
        runId,
        startedAt,
        headCommit,
        n,
        values[0],
        median,
        values[n - 1],
        rank < 1 ? null : (Double) values[rank - 1],
        rank < 1 ? null : (Double) values[n - rank],
        verdict);
  }

  /**
   * The rank r of the order statistics r and n + 1 − r that enclose the median with at least 95 %,
   * whatever the distribution; 0 where none does. Exact binomial tail, summed from its end.
   */
  static int lowerRank(int n) {
    double probability = Math.pow(0.5, n);
    double tail = 0;
    int rank = 0;
    if (n > 1000) { // the normal approximation is exact to a rank there, and 0.5^n is not a number
      // any more
      return (int) Math.floor((n + 1) / 2.0 - 1.959964 * Math.sqrt(n) / 2.0);
    }
    for (int k = 0; k < n / 2; k++) {
      tail += probability;
      if (tail > 0.025) {
        break;
      }
      rank = k + 1;
      probability = probability * (n - k) / (k + 1);
    }
    return rank;
  }

  private static List<BenchmarkWindow> windows(List<Sample> samples) {
    Map<String, BenchmarkWindow> windows = new LinkedHashMap<>();
    for (Sample sample : samples) {
      String suite = sample.series().benchmark().suite();
      String name = suite == null ? sample.series().benchmark().name() : suite;
      BenchmarkWindow own =
          new BenchmarkWindow(
              name, sample.startedAt(), sample.startedAt().plusNanos(sample.wallNanos()));
      windows.merge(name, own, ReportReader::enclosing);
    }
    return List.copyOf(windows.values());
  }

  private static BenchmarkWindow enclosing(BenchmarkWindow a, BenchmarkWindow b) {
    return new BenchmarkWindow(
        a.benchmark(),
        a.from().isBefore(b.from()) ? a.from() : b.from(),
        a.to().isAfter(b.to()) ? a.to() : b.to());
  }

  private static List<NoiseMark> noise(List<Sample> samples, List<DisturbedSample> disturbed) {
    Map<Series, Map<Integer, Sample>> bySeries = new HashMap<>();
    samples.forEach(sample ->
        bySeries
            .computeIfAbsent(sample.series(), any -> new HashMap<>())
            .put(sample.ordinal(), sample));
    List<NoiseMark> marks = new ArrayList<>();
    for (DisturbedSample mark : disturbed) {
      Sample sample = bySeries.getOrDefault(mark.series(), Map.of()).get(mark.ordinal());
      if (sample != null) {
        marks.add(
            new NoiseMark(
                mark.series().benchmark().name(),
                sample.startedAt(),
                sample.startedAt().plusNanos(sample.wallNanos()),
                mark.weight(),
                mark.causes()));
      }
    }
    marks.sort(Comparator.comparing(NoiseMark::from).thenComparing(NoiseMark::benchmark));
    return marks;
  }

  private List<Finding> findings(UUID runId) {
    return queries.findings(runId).stream()
        .map(line -> new Finding(line.question(), line.finding(), citations(line.citations())))
        .toList();
  }

  private static List<Finding.Citation> citations(String json) {
    List<Finding.Citation> citations = new ArrayList<>();
    for (JsonNode citation : JsonMapper.shared().readTree(json)) {
      citations.add(
          new Finding.Citation(
              Objects.requireNonNullElse(text(citation, "title"), ""),
              text(citation, "location"),
              text(citation, "quote")));
    }
    return citations;
  }

  private static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isString() ? value.asString() : null;
  }

  private List<RunSummary> runs(Run reported) {
    Map<UUID, Map<VerdictKind, Integer>> counts = queries.verdictCounts(reported.repositoryId());
    return database
        .runs()
        .notable(reported.repositoryId(), reported.startedAt(), RUNS_LISTED, OTHERS_LISTED)
        .stream()
        .map(run ->
            new RunSummary(
                run.id(),
                run.pipeline(),
                run.state(),
                run.startedAt(),
                run.finishedAt(),
                run.headCommit(),
                run.branch(),
                counts.getOrDefault(run.id(), Map.of())))
        .toList();
  }

  private RepositoryHealth health(long repositoryId) {
    return new RepositoryHealth(
        queries.hotspots(repositoryId, HOTSPOTS).stream().map(ReportReader::hotspot).toList(),
        queries.coChanges(repositoryId, CO_CHANGES).stream().map(ReportReader::pair).toList(),
        queries.owners(repositoryId, OWNERS).stream().map(ReportReader::owner).toList(),
        queries.months(repositoryId).stream().map(ReportReader::month).toList(),
        queries.branches(repositoryId, BRANCHES).stream()
            .map(line -> new RepositoryHealth.Branch(line.name(), line.tip(), line.tipAt()))
            .toList());
  }

  private static RepositoryHealth.Hotspot hotspot(HotspotLine line) {
    return new RepositoryHealth.Hotspot(
        line.path(),
        line.changes(),
        line.linesChanged(),
        line.authors(),
        line.heat(),
        line.lastChangedAt());
  }

  private static RepositoryHealth.CoChange pair(CoChangeLine line) {
    return new RepositoryHealth.CoChange(
        line.path(), line.otherPath(), line.together(), line.degree());
  }

  private static RepositoryHealth.Ownership owner(OwnershipLine line) {
    return new RepositoryHealth.Ownership(
        line.part(), line.mainAuthor(), line.share(), line.authors(), line.busFactor());
  }

  private static RepositoryHealth.ActivityMonth month(MonthLine line) {
    return new RepositoryHealth.ActivityMonth(
        line.month(), line.commits(), line.merges(), line.authors());
  }
}
