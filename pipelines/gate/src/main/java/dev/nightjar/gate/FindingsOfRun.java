package dev.nightjar.gate;

import dev.nightjar.gate.decision.Judged;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.KnownFindings;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.SeriesKey;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.RunFindings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What the judgement of a run means for findings: which begin, which end, which stay open. */
final class FindingsOfRun {
  private final PastRun present;
  private final Baseline baseline;
  private final FindingMarks marks;
  private final Map<UUID, Finding> open = new LinkedHashMap<>();
  private final List<FindingEnd> ended = new ArrayList<>();
  private final Set<Series> inherited = new HashSet<>();

  FindingsOfRun(
      PastRun present, Baseline baseline, FindingMarks marks, Map<SeriesKey, KnownFindings> known) {
    this.marks = marks;
    this.present = present;
    this.baseline = baseline;
    known.values().stream()
        .flatMap(one -> one.open().stream())
        .map(KnownFindings.Open::finding)
        .forEach(finding -> open.put(finding.id(), finding));
  }

  /** Takes in what was found of one series, and gives the verdict as it stands with that. */
  Verdict take(Judged judged, List<Finding> before, ComparedBy by) {
    for (Judged.Ending ending : judged.endings()) {
      UUID id = ending.finding().id();
      open.remove(id);
      if (baseline.isOwn()) {
        ended.add(
            new FindingEnd(id, present.id(), ending.state(), present.startedAt(), ending.reason()));
      }
    }
    Verdict verdict = opened(judged, by);
    if (verdict.kind() == VerdictKind.STILL_REGRESSED && before.stream().noneMatch(this::isOurs)) {
      inherited.add(verdict.series());
    }
    return verdict;
  }

  private Verdict opened(Judged judged, ComparedBy by) {
    Verdict verdict = judged.verdict();
    Judged.Opening opening = judged.opening();
    if (opening == null) {
      return verdict;
    }
    Finding finding = finding(verdict, opening, by);
    if (baseline.isOwn()) {
      open.put(finding.id(), finding);
    }
    boolean isLate = !finding.since().runId().equals(present.id());
    return isLate && !isOurs(finding) ? inherited(verdict) : verdict;
  }

  /** What another branch is to blame for is no new regression of this one. */
  private Verdict inherited(Verdict verdict) {
    inherited.add(verdict.series());
    return new Verdict(
        verdict.series(),
        VerdictKind.STILL_REGRESSED,
        verdict.effect(),
        verdict.effectLow(),
        verdict.effectHigh(),
        verdict.confidence(),
        verdict.baseline(),
        verdict.evidence(),
        verdict.suspectedCause());
  }

  private boolean isOurs(Finding finding) {
    return baseline.isOwn() && Objects.equals(finding.since().branch(), present.branch());
  }

  private Finding finding(Verdict verdict, Judged.Opening opening, ComparedBy by) {
    List<RunValues> good = opening.good();
    return new Finding(
        marks.identifier(verdict.series(), FindingKind.REGRESSION),
        verdict.series(),
        FindingKind.REGRESSION,
        present.id(),
        marks.of(opening.since()),
        marks.of(good.getLast()),
        by,
        FindingMarks.levels(good, opening.scale()),
        verdict.effect(),
        verdict.effectLow(),
        verdict.effectHigh(),
        Objects.requireNonNullElse(verdict.suspectedCause(), "unknown"));
  }

  RunFindings findings() {
    return new RunFindings(List.copyOf(open.values()), ended);
  }

  /** Series that are slow since a run of another branch. */
  Set<Series> inherited() {
    return Set.copyOf(inherited);
  }
}
