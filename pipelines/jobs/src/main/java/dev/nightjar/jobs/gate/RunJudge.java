package dev.nightjar.jobs.gate;

import dev.nightjar.gate.GatePolicy;
import dev.nightjar.gate.Judge;
import dev.nightjar.gate.RunValues;
import dev.nightjar.gate.SeriesHistory;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.BenchmarkFailure;
import dev.nightjar.store.DisturbedSample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a run against its baseline: the one place where every way to the gate meets. */
final class RunJudge {
  private final RunHistory history;
  private final Baseline baseline;
  private final Inventory inventory;
  private final MachineWindows windows;
  private final List<DisturbedSample> disturbed = new ArrayList<>();
  private final Map<Series, DisturbedSamples> marks = new LinkedHashMap<>();

  RunJudge(RunHistory history, Baseline baseline, Inventory inventory, MachineWindows windows) {
    this.history = history;
    this.baseline = baseline;
    this.inventory = inventory;
    this.windows = windows;
  }

  Judgement judge(PresentRun present, GatePolicy policy) {
    long elsewhere = history.runsOfOtherMachines();
    List<Verdict> verdicts =
        Judge.judge(histories(present), policy).stream()
            .map(verdict -> completed(verdict, elsewhere))
            .toList();
    List<String> notes = new ArrayList<>(baseline.notes());
    if (elsewhere > 0) {
      notes.add("%d runs of other machines are not compared with.".formatted(elsewhere));
    }
    if (!disturbed.isEmpty()) {
      notes.add(
          "%d of %d samples were disturbed and count less."
              .formatted(
                  disturbed.size(),
                  present.samples().values().stream().mapToInt(List::size).sum()));
    }
    return new Judgement(verdicts, List.copyOf(disturbed), List.copyOf(notes));
  }

  private List<SeriesHistory> histories(PresentRun present) {
    List<SeriesHistory> histories = new ArrayList<>();
    Set<Series> judged = new HashSet<>(present.samples().keySet());
    present
        .samples()
        .forEach((series, samples) -> histories.add(measured(present, series, samples)));
    for (Series series : givenBefore(present)) {
      if (judged.add(series)) {
        histories.add(absent(present, series));
      }
    }
    for (BenchmarkFailure failure : present.failures()) {
      if (judged.stream().noneMatch(failure::concerns)) {
        Series none = Inventory.neverMeasured(failure.suite(), failure.name());
        judged.add(none);
        histories.add(SeriesHistory.failed(none, List.of(), failure.reason()));
      }
    }
    for (String name : inventory.withoutAny(judged)) {
      histories.add(SeriesHistory.absent(Inventory.neverMeasured(null, name), List.of(), true));
    }
    return histories;
  }

  private Set<Series> givenBefore(PresentRun present) {
    Set<Series> given = new LinkedHashSet<>();
    for (PastRun run : baseline.runs()) {
      Set<Series> series = history.series(run);
      if (inventory.isAlike(run, series, present.samples().keySet())) {
        given.addAll(series);
      }
    }
    return given;
  }

  private SeriesHistory measured(PresentRun present, Series series, List<Sample> samples) {
    List<RunHistory.PastValues> past = history.values(series, baseline.runs());
    List<RunValues> earlier = past.stream().map(RunJudge::values).toList();
    String failure = failureOf(present, series);
    if (failure != null) {
      return SeriesHistory.failed(series, earlier, failure);
    }
    DisturbedSamples found = DisturbedSamples.among(samples, past, windows);
    marks.put(series, found);
    disturbed.addAll(found.marks());
    return SeriesHistory.measured(
        series,
        earlier,
        values(new RunHistory.PastValues(present.run(), samples, found.weights())));
  }

  private SeriesHistory absent(PresentRun present, Series series) {
    List<RunValues> earlier =
        history.values(series, baseline.runs()).stream().map(RunJudge::values).toList();
    String failure = failureOf(present, series);
    return failure != null
        ? SeriesHistory.failed(series, earlier, failure)
        : SeriesHistory.absent(series, earlier, inventory.expects(series));
  }

  private static RunValues values(RunHistory.PastValues past) {
    PastRun run = past.run();
    return new RunValues(
        run.id(),
        run.commit(),
        run.startedAt(),
        past.samples().stream().mapToDouble(Sample::value).toArray(),
        past.weights());
  }

  private static @Nullable String failureOf(PresentRun present, Series series) {
    return present.failures().stream()
        .filter(failure -> failure.concerns(series))
        .map(BenchmarkFailure::reason)
        .findFirst()
        .orElse(null);
  }

  /** Adds what the statistics do not know: which baseline it was, and what the machine did. */
  private Verdict completed(Verdict verdict, long elsewhere) {
    String known = verdict.baseline();
    String machine = marks.getOrDefault(verdict.series(), DisturbedSamples.NONE).sentence();
    String evidence = verdict.evidence() + (machine.isEmpty() ? "" : "; " + machine);
    if (verdict.kind() == VerdictKind.NEW && elsewhere > 0) {
      evidence += "; %d runs of other machines are not compared with".formatted(elsewhere);
    }
    return new Verdict(
        verdict.series(),
        verdict.kind(),
        verdict.effect(),
        verdict.effectLow(),
        verdict.effectHigh(),
        verdict.confidence(),
        known == null ? null : known + " (" + baseline.words() + ")",
        evidence,
        verdict.suspectedCause());
  }
}
