package dev.nightjar.store.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.finding.LevelMark;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.finding.RunMark;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.store.Database;
import dev.nightjar.store.SharedStores;
import dev.nightjar.store.report.ReportQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FindingStoreIT {
  private static final Instant FIRST = Instant.parse("2026-11-02T02:00:00Z");
  private static final Series SERIES =
      new Series(
          new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER),
          new TreeMap<>(),
          Device.CPU);

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private long host;
  private long repository;

  @BeforeEach
  void makeARepository() {
    String key = UuidV7.next().toString();
    host = database().runs().host(new Host(key, "box", new TreeMap<>()));
    repository =
        database()
            .runs()
            .repository(
                new RepositoryFacts("/" + key, "orchard", "sha1", null, null, null, false),
                Optional.empty());
  }

  private static Database database() {
    return shared.database();
  }

  private Run run(int night, String branch) {
    return run(night, branch, SERIES);
  }

  private Run run(int night, String branch, Series measured) {
    Instant begin = FIRST.plus(Duration.ofDays(night));
    Run run =
        new Run(
            UuidV7.at(begin),
            "nightly",
            repository,
            host,
            "%040x".formatted(night + 1),
            branch,
            RunState.RUNNING,
            begin,
            null,
            "test");
    database().runs().begin(run, "{}");
    database()
        .samples()
        .put(
            run.id(),
            repository,
            host,
            List.of(new Sample(measured, 0, 1.15, begin, 0, BoundaryReadings.ABSENT)));
    database().runs().finish(run.id(), RunState.COMPLETED);
    return run;
  }

  private static Finding finding(Run first) {
    return new Finding(
        UuidV7.at(first.startedAt()),
        SERIES,
        FindingKind.REGRESSION,
        first.id(),
        new RunMark(first.id(), first.headCommit(), first.branch(), first.startedAt()),
        new RunMark(UuidV7.next(), null, null, FIRST),
        ComparedBy.CPU_TIME,
        List.of(new LevelMark(0.99, 1, 1.01), new LevelMark(1, 1, 1)),
        0.15,
        0.14,
        0.16,
        "commits a..b");
  }

  private void put(Run run, List<Finding> open, FindingEnd... ended) {
    database().findings().put(run.id(), repository, host, new RunFindings(open, List.of(ended)));
    VerdictKind kind = open.isEmpty() ? VerdictKind.PASS : VerdictKind.STILL_REGRESSED;
    database()
        .verdicts()
        .put(
            run.id(),
            repository,
            host,
            List.of(new Verdict(SERIES, kind, 0.151, 0.14, 0.16, 0.98, "b", "e", null)));
  }

  private static FindingEnd end(Finding finding, Run run, FindingState state) {
    return new FindingEnd(finding.id(), run.id(), state, run.startedAt(), "as before again");
  }

  private List<String> asked(String columns) {
    return database()
        .queries()
        .run(
            "select %s from findings where repository_id = %d".formatted(columns, repository),
            Duration.ofSeconds(10),
            10)
        .rows()
        .stream()
        .map(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
        .toList();
  }

  @Test
  void whatIsPutIsReadAndPutTwiceIsTheSame() {
    Run first = run(0, "main");
    Finding finding = finding(first);
    for (int i = 0; i < 2; i++) {
      put(first, List.of(finding));
    }
    Run second = run(1, "main");
    put(second, List.of(finding));
    put(first, List.of(finding)); // judged again, it takes nothing of what came later with it
    var life = database().findings().of(repository, host).getFirst();
    assertEquals(finding, life.finding());
    assertEquals(Set.of(first.id(), second.id()), life.seenBy());
    assertEquals(
        new RunFindings(List.of(finding), List.of()), database().findings().ofRun(first.id()));
    assertEquals(
        List.of("open 2 1.0 0.15 0.151 true"),
        asked("state, runs_since, days::numeric(9, 1), effect, latest_effect, is_open"));
  }

  @Test
  void whatARunFindsNoMoreIsGone() {
    Run first = run(0, "main");
    put(first, List.of(finding(first)));
    put(first, List.of());
    assertEquals(List.of(), database().findings().of(repository, host));
  }

  @Test
  void anEndOnItsBranchEndsItAndOneElsewhereAsLongAsNobodyLooks() {
    Run first = run(0, "main");
    Finding finding = finding(first);
    put(first, List.of(finding));
    Run elsewhere = run(1, "fix");
    put(elsewhere, List.of(), end(finding, elsewhere, FindingState.MENDED));
    assertEquals(List.of("mended"), asked("state"));
    put(run(2, "main"), List.of(finding));
    assertEquals(List.of("open"), asked("state"));
    Run last = run(3, "main");
    put(last, List.of(), end(finding, last, FindingState.MENDED));
    assertEquals(List.of("mended " + last.id()), asked("state, ended_by_run_id"));
  }

  @Test
  void whatIsMeasuredNoMoreIsStaleAndMeasuredAgainItIsOpen() {
    Run first = run(0, "main");
    Finding finding = finding(first);
    put(first, List.of(finding));
    Series other =
        new Series(
            new Benchmark("index", null, "time", "s", Direction.LOWER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    run(14, "main", other);
    assertEquals(List.of("open"), asked("state"));
    run(15, "main", other);
    assertEquals(List.of("stale true"), asked("state, is_open"));
    run(16, "main");
    assertEquals(List.of("open true"), asked("state, is_open"));
  }

  @Test
  void onlyWhatAllBegunElsewhereIsInherited() {
    Run first = run(0, "main");
    Finding finding = finding(first);
    put(first, List.of(finding));
    Run feature = run(1, "feature");
    put(feature, List.of(finding));
    assertEquals(Set.of(), database().findings().inherited(first.id()));
    assertEquals(Set.of(SERIES), database().findings().inherited(feature.id()));
    Finding own = finding(feature);
    put(feature, List.of(finding, own));
    assertEquals(Set.of(), database().findings().inherited(feature.id()));
  }

  @Test
  void theReportReadsWhatTheRunSawAndWhenItBeganAndEnded() {
    Run first = run(0, "main");
    Finding finding = finding(first);
    put(first, List.of(finding));
    Run last = run(9, "main");
    put(last, List.of(finding));
    ReportQueries queries = new ReportQueries(database());
    var line = queries.openFindings(last.id()).getFirst();
    assertEquals(SERIES, line.series());
    assertEquals(VerdictKind.STILL_REGRESSED, line.verdict());
    assertEquals(first.startedAt(), line.since());
    assertEquals(2, line.runs());
    put(last, List.of(), end(finding, last, FindingState.MENDED));
    assertEquals("mended", queries.openFindings(last.id()).getFirst().endedAs());
    assertEquals(
        Arrays.asList("mended", null),
        queries.findingEvents(repository, host, last.startedAt(), 10).stream()
            .map(event -> event.endedAs())
            .toList());
    assertEquals(1, queries.findingEvents(repository, host, first.startedAt(), 10).size());
  }

  @Test
  void anOldFindingDoesNotSayWhichWayIsBetterByNow() {
    Run first = run(0, "main");
    Finding finding = finding(first);
    put(first, List.of(finding));
    Series turned =
        new Series(
            new Benchmark("parse", null, "time", "s", Direction.HIGHER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    Run second = run(1, "main", turned);
    database()
        .findings()
        .put(second.id(), repository, host, new RunFindings(List.of(finding), List.of()));
    UUID id = database().findings().of(repository, host).getFirst().finding().id();
    assertEquals(finding.id(), id);
    assertEquals(
        Direction.HIGHER_IS_BETTER,
        database().samples().of(second.id()).getFirst().series().benchmark().direction());
  }
}
