package dev.nightjar.gate;

import dev.nightjar.gate.decision.Disagreement;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.decision.Judge;
import dev.nightjar.gate.decision.Judged;
import dev.nightjar.gate.decision.OpenFinding;
import dev.nightjar.gate.decision.SeriesHistory;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.Expected;
import dev.nightjar.gate.history.FailureIndex;
import dev.nightjar.gate.history.Inventory;
import dev.nightjar.gate.history.KnownFindings;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.history.RunHistory.PastValues;
import dev.nightjar.gate.history.SeriesKey;
import dev.nightjar.gate.history.WhyNew;
import dev.nightjar.gate.noise.ComparedTime;
import dev.nightjar.gate.noise.DisturbedSamples;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.store.run.BenchmarkFailure;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a run against its baseline: the one place where every way to the gate meets. */
public final class RunJudge {
  /** Of each series: more tell no more of the noise, and less of the present. */
  private static final int MOST_RUNS = 50;

  private final RunHistory history;
  private final Baseline baseline;
  private final Inventory inventory;
  private final MachineWindows windows;
  private final List<DisturbedSample> disturbed = new ArrayList<>();
  private final Map<Series, DisturbedSamples> marks = new LinkedHashMap<>();
  private final Map<Series, ComparedBy> comparedBy = new HashMap<>();
  private Map<SeriesKey, KnownFindings> known = Map.of();
  private Map<SeriesKey, KnownFindings> drifting = Map.of();

  public RunJudge(
      RunHistory history, Baseline baseline, Inventory inventory, MachineWindows windows) {
    this.history = history;
    this.baseline = baseline;
    this.inventory = inventory;
    this.windows = windows;
  }

  public Judgement judge(PresentRun present, GatePolicy policy) {
    List<FindingLife> lives = history.findings();
    known = known(lives, FindingKind.REGRESSION, present);
    drifting = known(lives, FindingKind.DRIFT, present);
    FindingMarks findingMarks = new FindingMarks(present.run(), baseline);
    FindingsOfRun findings = new FindingsOfRun(present.run(), baseline, findingMarks, known);
    DriftsOfRun drifts =
        new DriftsOfRun(present.run(), baseline.isOwn(), findingMarks, drifting, lives);
    List<Verdict> verdicts = verdicts(histories(present), policy, findings, drifts);
    WhyNew why = new WhyNew(history, baseline);
    why.search(fresh(verdicts), present);
    List<String> notes = new ArrayList<>(baseline.notes());
    notes.addAll(why.notes());
    notes.addAll(drifts.notes());
    if (!disturbed.isEmpty()) {
      notes.add(
          "%d of %d samples were disturbed and count less."
              .formatted(
                  disturbed.size(),
                  present.samples().values().stream().mapToInt(List::size).sum()));
    }
    Map<String, String> baselines = new HashMap<>();
    verdicts.replaceAll(verdict -> completed(verdict, why, baselines));
    return new Judgement(
        Collections.unmodifiableList(Disagreement.told(verdicts)),
        List.copyOf(disturbed),
        why.isUnlike(),
        List.copyOf(notes),
        drifts.with(findings.findings()),
        findings.inherited());
  }

  private List<Verdict> verdicts(
      List<SeriesHistory> histories,
      GatePolicy policy,
      FindingsOfRun findings,
      DriftsOfRun drifts) {
    Map<Series, SeriesHistory> bySeries = new HashMap<>();
    histories.forEach(one -> bySeries.put(one.series(), one));
    List<Verdict> verdicts = new ArrayList<>();
    for (Judged judged : Judge.judgeAll(histories, policy)) {
      Series series = judged.verdict().series();
      ComparedBy by = comparedBy.getOrDefault(series, ComparedBy.VALUE);
      Verdict verdict = findings.take(judged, openOf(known, series), by);
      verdicts.add(drifts.take(verdict, bySeries.get(verdict.series()), policy));
    }
    return verdicts;
  }

  private Map<SeriesKey, KnownFindings> known(
      List<FindingLife> lives, FindingKind kind, PresentRun present) {
    return KnownFindings.of(lives, kind, baseline, present.run().id());
  }

  private static List<Finding> openOf(Map<SeriesKey, KnownFindings> known, Series series) {
    KnownFindings ofSeries = known.get(new SeriesKey(series));
    return ofSeries == null
        ? List.of()
        : ofSeries.open().stream().map(KnownFindings.Open::finding).toList();
  }

  private static Set<Series> fresh(List<Verdict> verdicts) {
    Set<Series> fresh = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      if (verdict.kind() == VerdictKind.NEW) {
        fresh.add(verdict.series());
      }
    }
    return fresh;
  }

  private List<SeriesHistory> histories(PresentRun present) {
    List<SeriesHistory> histories = new ArrayList<>();
    FailureIndex failures = new FailureIndex(present.failures());
    Set<Series> absent = new HashSet<>();
    Map<Series, List<PastValues>> past =
        history.values(present.samples().keySet(), baseline.runs(), MOST_RUNS);
    present
        .samples()
        .forEach((series, samples) -> {
          String failure = failures.reason(series);
          histories.add(
              failure == null
                  ? measured(present, series, samples, past.getOrDefault(series, List.of()))
                  : SeriesHistory.failed(series, List.of(), failure));
        });
    for (Series series : givenBefore(present, past)) {
      if (!present.samples().containsKey(series) && absent.add(series)) {
        String failure = failures.reason(series);
        histories.add(
            failure == null
                ? SeriesHistory.absent(series, List.of(), inventory.expects(series))
                : SeriesHistory.failed(series, List.of(), failure));
      }
    }
    for (BenchmarkFailure failure : failures.ofNone()) {
      Series none = Inventory.neverMeasured(failure);
      absent.add(none);
      histories.add(SeriesHistory.failed(none, List.of(), failure.reason()));
    }
    for (String name : inventory.withoutAny(present.samples().keySet(), absent)) {
      histories.add(SeriesHistory.absent(Inventory.neverMeasured(null, name), List.of(), true));
    }
    return histories;
  }

  private Set<Series> givenBefore(PresentRun present, Map<Series, List<PastValues>> past) {
    Expected expected = new Expected(history, baseline, inventory);
    return inventory.isOwnRun()
        ? expected.ofOwnRun()
        : expected.ofFiles(present.samples().keySet(), past);
  }

  private SeriesHistory measured(
      PresentRun present, Series series, List<Sample> samples, List<PastValues> past) {
    DisturbedSamples found = DisturbedSamples.among(samples, past, windows);
    if (!found.marks().isEmpty()) {
      marks.put(series, found);
      disturbed.addAll(found.marks());
    }
    KnownFindings findings = known.get(new SeriesKey(series));
    ComparedBy by = comparedBy(series, samples, past);
    if (!ComparedTime.isReadable(by, samples)) {
      return SeriesHistory.absent(series, List.of(), true);
    }
    PastValues current = PastValues.of(present.run(), samples, found.weights());
    SeriesHistory measured =
        SeriesHistory.measured(
                series,
                findings == null ? valuesOf(past, by) : earlier(series, findings.comparable(), by),
                ComparedTime.of(by, current))
            .comparedBy(by);
    SeriesHistory all = findings == null ? measured : withOpen(measured, findings);
    return present.assumed().contains(series) ? all.withAssumedDirection() : all;
  }

  /** By what the findings that are open were found; else what tells most. */
  private ComparedBy comparedBy(Series series, List<Sample> samples, List<PastValues> past) {
    List<Finding> open = new ArrayList<>(openOf(known, series));
    open.addAll(openOf(drifting, series));
    ComparedBy by =
        open.isEmpty() ? ComparedTime.choose(past, samples) : open.getFirst().comparedBy();
    if (by != ComparedBy.VALUE) {
      comparedBy.put(series, by);
    }
    return by;
  }

  private SeriesHistory withOpen(SeriesHistory measured, KnownFindings findings) {
    List<OpenFinding> open = new ArrayList<>();
    for (KnownFindings.Open one : findings.open()) {
      List<RunValues> since =
          earlier(measured.series(), findings.since(one), measured.comparedBy());
      open.add(new OpenFinding(one.finding(), since));
    }
    return measured.withOpen(open);
  }

  private List<RunValues> earlier(Series series, List<PastRun> runs, ComparedBy by) {
    return valuesOf(
        history.values(Set.of(series), runs, MOST_RUNS).getOrDefault(series, List.of()), by);
  }

  private static List<RunValues> valuesOf(List<PastValues> past, ComparedBy by) {
    return past.stream()
        .filter(run -> ComparedTime.isReadable(by, run.observed()))
        .map(run -> ComparedTime.of(by, run))
        .toList();
  }

  /**
   * Adds what the statistics do not know: which baseline it was, and what the machine did.
   *
   * @param baselines the words by what the statistics say; most series have the same
   */
  private Verdict completed(Verdict verdict, WhyNew why, Map<String, String> baselines) {
    String known = verdict.baseline();
    String machine = marks.getOrDefault(verdict.series(), DisturbedSamples.NONE).sentence();
    String apart = verdict.kind() == VerdictKind.NEW ? why.clause(verdict.series()) : "";
    if (known == null && machine.isEmpty() && apart.isEmpty()) {
      return verdict;
    }
    String evidence = verdict.evidence();
    evidence = machine.isEmpty() ? evidence : evidence + "; " + machine;
    evidence = apart.isEmpty() ? evidence : evidence + "; " + apart;
    return new Verdict(
        verdict.series(),
        verdict.kind(),
        verdict.effect(),
        verdict.effectLow(),
        verdict.effectHigh(),
        verdict.confidence(),
        known == null
            ? null
            : baselines.computeIfAbsent(known, words -> words + " (" + baseline.words() + ")"),
        evidence,
        verdict.suspectedCause());
  }
}
