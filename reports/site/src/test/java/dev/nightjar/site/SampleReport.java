package dev.nightjar.site;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.CommitRange;
import dev.nightjar.site.data.Comparison;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.NoiseMark;
import dev.nightjar.site.data.OpenFindings;
import dev.nightjar.site.data.RunList;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.data.Timeline;
import dev.nightjar.site.report.Part;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.report.ReportPorts;
import dev.nightjar.site.report.ReportSections;
import dev.nightjar.site.section.CommitBook;
import dev.nightjar.site.section.DownloadsSection;
import dev.nightjar.site.section.HostSection;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.SkipsSection;
import dev.nightjar.site.section.commits.CommitsSection;
import dev.nightjar.site.section.functions.FunctionsSection;
import dev.nightjar.site.section.health.HealthSection;
import dev.nightjar.site.section.health.RepositoryHealth;
import dev.nightjar.site.section.history.HistorySection;
import dev.nightjar.site.section.open.OpenFindingsSection;
import dev.nightjar.site.section.research.Finding;
import dev.nightjar.site.section.research.FindingsSection;
import dev.nightjar.site.section.results.ResultsSection;
import dev.nightjar.site.section.telemetry.TelemetrySection;
import dev.nightjar.store.report.BranchLine;
import dev.nightjar.store.report.CoChangeLine;
import dev.nightjar.store.report.CommitLine;
import dev.nightjar.store.report.HotspotLine;
import dev.nightjar.store.report.MonthLine;
import dev.nightjar.store.report.OpenFindingLine;
import dev.nightjar.store.report.OwnershipLine;
import dev.nightjar.store.sample.DisturbedSample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a report of a plausible repository: some series, so many runs each, one regressed. The
 * names come through a function, so that a test can put attack strings into every field.
 */
public final class SampleReport {
  static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
  private static final long SEED = 20261122;

  private final Random random = new Random(SEED);
  private final UUID runId = UuidV7.at(START);
  private UnaryOperator<String> names = UnaryOperator.identity();
  private int seriesCount = 8;
  private int commits = 5;
  private int runCount = 40;
  private int telemetrySeconds = 240;
  private List<DifferentialProfile> profiles = List.of();
  private IntFunction<String> measured = SampleReport::commitId;
  private @Nullable CommitLine culprit;

  public SampleReport names(UnaryOperator<String> changed) {
    names = changed;
    return this;
  }

  public SampleReport series(int count) {
    seriesCount = count;
    return this;
  }

  /** So many commits since the run before; five when not said. */
  public SampleReport commits(int count) {
    commits = count;
    return this;
  }

  public SampleReport runs(int count) {
    runCount = count;
    return this;
  }

  /** What each run measured, the newest being run 0. */
  public SampleReport measured(IntFunction<String> commits) {
    measured = commits;
    return this;
  }

  /** The commit that the regression is suspected to come from. */
  public SampleReport culprit(CommitLine commit) {
    culprit = commit;
    return this;
  }

  /** What was profiled; nothing when not said. */
  public SampleReport profiles(List<DifferentialProfile> of) {
    profiles = of;
    return this;
  }

  public SampleReport telemetrySeconds(int seconds) {
    telemetrySeconds = seconds;
    return this;
  }

  public Report build() {
    Run run =
        new Run(
            runId,
            names.apply("nightly"),
            1,
            1,
            commitId(0),
            names.apply("main"),
            RunState.COMPLETED,
            START,
            START.plusSeconds(telemetrySeconds),
            names.apply("0.1.0"));
    List<SeriesResult> series = new ArrayList<>();
    for (int i = 0; i < seriesCount; i++) {
      series.add(result(i));
    }
    return report(
        run,
        names.apply("orchard"),
        host(),
        series,
        commits(),
        timeline(),
        List.of(
            new Skip(
                names.apply("benchmarks"),
                names.apply("suite inference"),
                names.apply("No accelerator was found; install a driver to have it measured.")),
            new Skip(
                names.apply("telemetry"),
                names.apply("system.cpu.frequency"),
                names.apply("The kernel of this host does not offer cpufreq."))),
        runs(),
        health(),
        findings());
  }

  /** A report of the night after one that this builder made. */
  public Report after(Report earlier) {
    Run run = earlier.run();
    Instant at = run.startedAt().plus(Duration.ofDays(1));
    Run next =
        new Run(
            UuidV7.at(at),
            run.pipeline(),
            run.repositoryId(),
            run.hostId(),
            commitId(900),
            run.branch(),
            RunState.COMPLETED,
            at,
            at.plusSeconds(telemetrySeconds),
            run.nightjarVersion());
    List<RunSummary> runs = new ArrayList<>(earlier.runs());
    runs.addFirst(RunSummary.of(next, Map.of(VerdictKind.PASS, 1)));
    return report(
        next,
        earlier.repositoryName(),
        earlier.host(),
        List.of(result(4)),
        CommitRange.NONE,
        Timeline.NONE,
        List.of(),
        runs,
        RepositoryHealth.UNKNOWN,
        List.of());
  }

  /** This report when nothing is known but the run and its host. */
  public Report empty() {
    Report whole = build();
    return report(
        whole.run(),
        whole.repositoryName(),
        whole.host(),
        List.of(),
        CommitRange.NONE,
        Timeline.NONE,
        List.of(),
        List.of(),
        RepositoryHealth.UNKNOWN,
        List.of());
  }

  private Report report(
      Run run,
      String repositoryName,
      Host host,
      List<SeriesResult> series,
      CommitRange commits,
      Timeline timeline,
      List<Skip> skips,
      List<RunSummary> runs,
      RepositoryHealth health,
      List<Finding> findings) {
    Map<Class<?>, Object> said =
        new HashMap<>(
            Map.of(
                ResultsSection.class, series,
                OpenFindingsSection.class,
                    new OpenFindings(run.startedAt(), open(series), List.of()),
                HistorySection.class, series,
                CommitsSection.class, commits,
                TelemetrySection.class, timeline,
                HealthSection.class, health,
                FindingsSection.class, findings,
                HostSection.class, host,
                SkipsSection.class, skips,
                RunsSection.class, new RunList(run.id(), runs)));
    if (!profiles.isEmpty()) {
      said.put(FunctionsSection.class, profiles);
    }
    return new Report(
        run,
        repositoryName,
        START.plusSeconds(telemetrySeconds + 2L),
        parts(said),
        new CommitBook(named(commits)));
  }

  /** The fourth is slow for nine days. */
  private List<OpenFindingLine> open(List<SeriesResult> series) {
    return series.stream()
        .filter(one -> isOf(VerdictKind.STILL_REGRESSED, one.verdict()))
        .map(one ->
            new OpenFindingLine(
                one.series(),
                FindingKind.REGRESSION,
                START.minus(Duration.ofDays(9)),
                commitId(9),
                names.apply("main"),
                10,
                -0.094,
                -0.091,
                VerdictKind.STILL_REGRESSED,
                names.apply("commits 6f1d2ab7c0de..0dd5eed5a1fa"),
                "open",
                null,
                null))
        .toList();
  }

  private static boolean isOf(VerdictKind kind, @Nullable Verdict verdict) {
    return verdict != null && verdict.kind() == kind;
  }

  /** Those of the sections that this builder knows; the others have tests of their own. */
  private static List<Part<?>> parts(Map<Class<?>, Object> said) {
    List<Section<?>> known = new ArrayList<>();
    List<Part<?>> parts = new ArrayList<>();
    for (Section<?> section :
        new ReportSections(new ReportPorts(values -> List.of(), one -> 0.05)).inOrder()) {
      Object data = said.get(section.getClass());
      if (data != null) {
        known.add(section);
        parts.add(part(section, data));
      }
    }
    DownloadsSection downloads = new DownloadsSection(known);
    parts.add(new Part<>(downloads, downloads.files()));
    return parts;
  }

  @SuppressWarnings("unchecked") // what is said stands under its section
  private static <D> Part<D> part(Section<D> section, Object said) {
    return new Part<>(section, (D) said);
  }

  private Series seriesOf(int i) {
    String[] benchmarks = {
      "parse", "index build", "lookup", "triad", "copy", "dot", "merge", "encode"
    };
    boolean memory = i % 8 >= 3 && i % 8 <= 5;
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put(names.apply("size"), names.apply((1 << i % 6) + " MiB"));
    return new Series(
        new Benchmark(
            names.apply(benchmarks[i % 8] + (i < 8 ? "" : " " + i / 8)),
            memory ? names.apply("memory") : null,
            names.apply(memory ? "bandwidth" : "time"),
            memory ? "By/s" : "s",
            memory ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER),
        parameters,
        i % 8 == 7 ? Device.of(names.apply("cuda:0")) : Device.CPU);
  }

  private SeriesResult result(int i) {
    Series series = seriesOf(i);
    boolean memory = series.benchmark().direction() == Direction.HIGHER_IS_BETTER;
    double base = memory ? 21.4e9 * (1 + i * 0.07) : 0.0123 * Math.pow(3.1, i % 8 - 3);
    List<HistoryPoint> history = new ArrayList<>();
    for (int run = 0; run < runCount - 1; run++) {
      double level = base * (i == 1 && run > runCount * 2 / 3 ? 0.9 : 1);
      VerdictKind kind =
          i == 1 && run == runCount * 2 / 3 + 1 ? VerdictKind.IMPROVED : VerdictKind.PASS;
      history.add(point(series, level, run, run == 0 ? VerdictKind.NEW : kind).point());
    }
    double now = base * (i == 0 ? 1.082 : i == 1 ? 0.9 : 1);
    Verdict verdict = verdict(series, i);
    Measured last = point(series, now, runCount - 1, verdict.kind());
    if (verdict.kind() == VerdictKind.FAILED) {
      return new SeriesResult(
          series, List.of(), Map.of(), history, List.of(), verdict, byValue(history));
    }
    history.add(last.point());
    return new SeriesResult(
        series,
        last.samples(),
        disturbed(series, i),
        history,
        changes(base, i),
        verdict,
        byValue(history));
  }

  private static Comparison byValue(List<HistoryPoint> history) {
    return new Comparison(ComparedBy.VALUE, history, 0.05);
  }

  private Map<Integer, DisturbedSample> disturbed(Series series, int i) {
    return i == 2
        ? Map.of(
            4,
            new DisturbedSample(series, 4, 0.4, names.apply("steal by the hypervisor (9 % of it)")),
            5,
            new DisturbedSample(series, 5, 0.5, names.apply("memory pressure (5 % of it)")))
        : Map.of();
  }

  /** The second series went over to a lower level after two thirds of its runs. */
  private List<ChangePoint> changes(double base, int i) {
    int first = runCount * 2 / 3 + 1;
    return i == 1 && first < runCount
        ? List.of(new ChangePoint(first, 0.998, base, base * 0.9))
        : List.of();
  }

  private String cause() {
    CommitLine known = culprit;
    return "commit "
        + (known == null ? "6f1d2ab" : known.id().substring(0, 12))
        + ", which changes Parser.java; the machine was as quiet as usual";
  }

  private List<CommitLine> named(CommitRange commits) {
    CommitLine known = culprit;
    return Stream.concat(commits.newest().stream(), Stream.ofNullable(known)).toList();
  }

  private Verdict verdict(Series series, int i) {
    String baseline = names.apply("the last 10 runs on main");
    return switch (i) {
      case 0 ->
          new Verdict(
              series,
              VerdictKind.REGRESSED,
              0.082,
              0.051,
              0.113,
              0.99,
              baseline,
              names.apply(
                  "12 samples against 120; the interval lies beyond the smallest effect of 2 %."),
              names.apply(cause()));
      case 2 ->
          new Verdict(
              series,
              VerdictKind.INCONCLUSIVE,
              0.018,
              -0.013,
              0.049,
              0.99,
              baseline,
              names.apply("Steal was 9 % while it ran: the samples do not decide."),
              null);
      case 3 ->
          new Verdict(
              series,
              VerdictKind.STILL_REGRESSED,
              -0.091,
              -0.104,
              -0.078,
              0.98,
              baseline,
              names.apply("19 GB/s against 21 GB/s; since 2026-11-13 at 0dd5eed5a1fa, 10 runs ago"),
              names.apply("commits 6f1d2ab7c0de..0dd5eed5a1fa"));
      case 6 ->
          new Verdict(
              series,
              VerdictKind.FAILED,
              null,
              null,
              null,
              null,
              null,
              names.apply("The command ended with status 3: merge input is missing."),
              null);
      case 7 ->
          new Verdict(
              series,
              VerdictKind.NEW,
              null,
              null,
              null,
              null,
              null,
              names.apply("There is no earlier run on this machine."),
              null);
      default -> {
        double effect = random.nextGaussian() * 0.004;
        yield new Verdict(
            series,
            VerdictKind.PASS,
            effect,
            effect - 0.009,
            effect + 0.009,
            0.99,
            baseline,
            names.apply("No change beyond 2 %."),
            null);
      }
    };
  }

  private record Measured(List<Sample> samples, HistoryPoint point) {}

  private Measured point(Series series, double level, int run, @Nullable VerdictKind kind) {
    Instant at = START.minus(Duration.ofDays(runCount - 1L - run));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double noise = 1 + random.nextGaussian() * 0.012 + (random.nextInt(30) == 0 ? 0.06 : 0);
      boolean known = i != 3;
      BoundaryReadings.Builder readings =
          BoundaryReadings.builder()
              .put(Indicator.USER_CPU, 1_200_000_000L)
              .put(Indicator.SYSTEM_CPU, 80_000_000L)
              .put(Indicator.MAX_RSS, 512L << 20)
              .put(Indicator.MINOR_FAULTS, 4_000L)
              .put(Indicator.MAJOR_FAULTS, 0L)
              .put(Indicator.VOLUNTARY_SWITCHES, 120L)
              .put(Indicator.CPU_PRESSURE, 1_500_000L)
              .put(Indicator.MEMORY_PRESSURE, 0L)
              .put(Indicator.IO_PRESSURE, 0L)
              .put(Indicator.STEAL, 10_000_000L);
      if (known) {
        readings.put(Indicator.INVOLUNTARY_SWITCHES, 14L + i);
        readings.put(Indicator.RUN_QUEUE_WAIT, 3_000_000L);
      }
      samples.add(
          new Sample(
              series,
              i,
              level * noise,
              at.plusSeconds(20 + i * 3L),
              2_500_000_000L,
              readings.build()));
    }
    double[] values = samples.stream().mapToDouble(Sample::value).sorted().toArray();
    return new Measured(
        samples,
        new HistoryPoint(
            run == runCount - 1 ? runId : UuidV7.at(at),
            at,
            measured.apply(runCount - 1 - run),
            values.length,
            values[0],
            (values[5] + values[6]) / 2,
            values[11],
            values[2],
            values[9],
            kind));
  }

  private Host host() {
    TreeMap<String, String> facts = new TreeMap<>();
    facts.put("host.cpu.model.name", names.apply("AMD EPYC 9354, 32 cores"));
    facts.put("host.arch", "amd64");
    facts.put("os.kernel.release", names.apply("6.1.0-41-amd64"));
    facts.put("host.memory.bytes", "270582939648");
    facts.put(names.apply("cpu.governor"), names.apply("performance"));
    facts.put("gpu.0.name", names.apply("NVIDIA H100"));
    return new Host("4be1c0ffee9a77d1", names.apply("owl-03"), facts);
  }

  private CommitRange commits() {
    List<CommitLine> entries = new ArrayList<>();
    String[] subjects = {
      "Read the header before the body",
      "Parser: keep comments, as the formatter needs them",
      "Test the merge of two empty indexes",
      "Bump the lock file",
      "Merge the topic of orchards"
    };
    for (int i = 0; i < commits; i++) {
      int kind = i % subjects.length;
      entries.add(
          new CommitLine(
              commitId(i),
              names.apply(i % 2 == 0 ? "Amina Yusuf" : "Jürgen Groß"),
              kind == 4 ? null : START.minusSeconds(3600L * (i + 2)),
              names.apply(subjects[kind]),
              kind == 4 ? ChangeListing.MERGE : ChangeListing.LISTED,
              kind == 4 ? null : (Long) (i + 1L),
              kind >= 3 ? null : 40L * (i + 1),
              kind >= 3 ? null : 7L * i));
    }
    return new CommitRange(commitId(1000), entries.size(), entries);
  }

  private Timeline timeline() {
    int count = telemetrySeconds * 10;
    List<TelemetryBatch> batches = new ArrayList<>();
    batches.add(counter("system.cpu.time", "cpu.mode=user", "s", count, 1.6, true));
    batches.add(counter("system.cpu.time", "cpu.mode=system", "s", count, 0.3, true));
    batches.add(counter("system.cpu.time", "cpu.mode=idle", "s", count, 2.0, false));
    batches.add(counter("system.cpu.time", "cpu.mode=steal", "s", count, 0.1, false));
    batches.add(counter("system.cpu.time", "cpu.mode=iowait", "s", count, 0.05, false));
    batches.add(
        counter("system.cpu.time", "cpu.logical_number=0,cpu.mode=steal", "s", count, 0.1, false));
    for (String resource : List.of("cpu", "io", "memory")) {
      batches.add(
          counter(
              "nightjar.pressure." + resource,
              "system.pressure.stall_type=some",
              "s",
              count,
              resource.equals("cpu") ? 0.2 : 0.01,
              true));
    }
    batches.add(counter("nightjar.context_switches", "", "{context_switch}", count, 9000, true));
    batches.add(counter("nightjar.sched.wait_time", "", "s", count, 0.4, true));
    batches.add(level("system.memory.usage", "system.memory.state=used", "By", count, 9e9));
    batches.add(level("system.memory.usage", "system.memory.state=cached", "By", count, 31e9));
    batches.add(level("system.memory.usage", "system.memory.state=free", "By", count, 200e9));
    batches.add(level("nightjar.tasks", "state=running", "{task}", count, 3));
    batches.add(level("system.cpu.frequency", "cpu.logical_number=0", "Hz", count, 3.2e9));
    batches.add(counter("system.disk.io", "disk.io.direction=write", "By", count, 4e6, true));
    batches.add(
        counter(names.apply("nightjar.custom.faults"), names.apply("who=me"), "1", count, 5, true));
    List<BenchmarkWindow> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(seriesCount, 6); i++) {
      Instant from = START.plusSeconds(20L + i * 35L);
      windows.add(new BenchmarkWindow(names.apply("parse " + i), from, from.plusSeconds(24)));
    }
    List<NoiseMark> noise = new ArrayList<>();
    for (int i = 0; i < Math.min(seriesCount, 3); i++) {
      Instant from = START.plusSeconds(24L + i * 35L);
      noise.add(
          new NoiseMark(
              names.apply("parse " + i),
              from,
              from.plusMillis(2500),
              0.4,
              names.apply("steal by the hypervisor (9 % of it)")));
    }
    return new Timeline(batches, Duration.ZERO, windows, noise);
  }

  private TelemetryBatch counter(
      String name, String attributes, String unit, int count, double perSecond, boolean busy) {
    double[] values = new double[count];
    long[] times = times(count);
    double total = 1000;
    for (int i = 0; i < count; i++) {
      double phase = Math.floorMod(i / 10 - 20, 35) < 24 ? 1 : 0.25;
      total += perSecond / 10 * (busy ? phase : 1) * (0.7 + random.nextDouble() * 0.6);
      values[i] = total;
    }
    return new TelemetryBatch(new TelemetryMetric(name, attributes, unit), times, values);
  }

  private TelemetryBatch level(
      String name, String attributes, String unit, int count, double about) {
    double[] values = new double[count];
    double drift = 1;
    for (int i = 0; i < count; i++) {
      drift = Math.clamp(drift + random.nextGaussian() * 0.004, 0.8, 1.2);
      values[i] = about * drift;
    }
    return new TelemetryBatch(new TelemetryMetric(name, attributes, unit), times(count), values);
  }

  /** Ten a second, with a pause of the sampler in the middle. */
  private static long[] times(int count) {
    long[] times = new long[count];
    Arrays.setAll(times, i -> START.toEpochMilli() + i * 100L + (i > count / 2 ? 6000 : 0));
    return times;
  }

  private List<RunSummary> runs() {
    List<RunSummary> summaries = new ArrayList<>();
    for (int i = 0; i < Math.min(runCount, 40); i++) {
      Instant at = START.minus(Duration.ofDays(i));
      summaries.add(
          new RunSummary(
              i == 0 ? runId : UuidV7.at(at),
              names.apply("nightly"),
              i == 5 ? RunState.FAILED : RunState.COMPLETED,
              at,
              at.plusSeconds(telemetrySeconds),
              commitId(i),
              names.apply("main"),
              i == 0
                  ? Map.of(VerdictKind.REGRESSED, 1, VerdictKind.PASS, 4, VerdictKind.FAILED, 1)
                  : Map.of(VerdictKind.PASS, seriesCount)));
    }
    return summaries;
  }

  private RepositoryHealth health() {
    List<MonthLine> months = new ArrayList<>();
    var first = START.atZone(ZoneOffset.UTC).withDayOfMonth(1).minusMonths(23);
    for (int i = 0; i < 24; i++) {
      int commits = 20 + random.nextInt(80);
      months.add(
          new MonthLine(
              first.plusMonths(i).toInstant(), commits, commits / 6, 2 + random.nextInt(6)));
    }
    return new RepositoryHealth(
        List.of(
            new HotspotLine(
                names.apply("src/main/java/org/orchard/Parser.java"), 142, 8123, 7, 9.1, START),
            new HotspotLine(
                names.apply("src/main/java/org/orchard/Index.java"), 97, 0, 5, 6.4, null)),
        List.of(
            new CoChangeLine(names.apply("Parser.java"), names.apply("ParserTest.java"), 61, 0.43)),
        List.of(new OwnershipLine(names.apply("src/main"), names.apply("Amina Yusuf"), 0.62, 9, 1)),
        months,
        List.of(
            new BranchLine(names.apply("main"), commitId(0), START),
            new BranchLine(names.apply("topic/merge"), commitId(7), null)));
  }

  private List<Finding> findings() {
    return List.of(
        new Finding(
            names.apply("What changed since the last run that could affect throughput?"),
            names.apply(
                "The parser keeps comments since commit 6f1d2ab, which adds an allocation per"
                    + " line."),
            List.of(
                new Finding.Citation(
                    names.apply("Parser: keep comments, as the formatter needs them"),
                    names.apply("6f1d2ab"),
                    names.apply("+ comments.add(new Comment(line));")))));
  }

  private static String commitId(int i) {
    return "%016x%024x".formatted(0x9e3779b97f4a7c15L * (i + 11), i + 1L);
  }
}
