package dev.nightjar.gate;

import dev.nightjar.gate.decision.Consequence;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.decision.SeriesHistory;
import dev.nightjar.gate.decision.VerdictText;
import dev.nightjar.gate.history.KnownFindings;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.SeriesKey;
import dev.nightjar.gate.statistics.HistoryDrift;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.finding.RunFindings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What got worse bit by bit, as a run shows it: which findings of it begin, which end, which stay.
 *
 * <p>One that no longer goes on is a loss all the same. It ends when the newest runs have made good
 * more than half of it, or by a person's word; what the accepted level was told from is then no
 * part of the next.
 */
final class DriftsOfRun {
  /** So many runs tell a level, before and now. */
  private static final int RUNS_OF_A_LEVEL = 5;

  private static final double MADE_GOOD = 0.5;
  private static final int MOST_NOTES = 5;

  private final PastRun present;
  private final boolean isOwn;
  private final FindingMarks marks;
  private final Map<SeriesKey, KnownFindings> known;
  private final Map<SeriesKey, Instant> accepted = new HashMap<>();
  private final List<Finding> open = new ArrayList<>();
  private final List<FindingEnd> ended = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Of a run.
   *
   * @param isOwn whether what is found concerns later runs
   * @param known the drifts that earlier runs found
   * @param lives what became of all findings
   */
  DriftsOfRun(
      PastRun present,
      boolean isOwn,
      FindingMarks marks,
      Map<SeriesKey, KnownFindings> known,
      List<FindingLife> lives) {
    this.present = present;
    this.isOwn = isOwn;
    this.marks = marks;
    this.known = known;
    for (FindingLife life : lives) {
      life.ends().stream()
          .filter(end -> end.state() == FindingState.ACCEPTED)
          .forEach(end ->
              accepted.merge(
                  new SeriesKey(life.finding().series()),
                  end.endedAt(),
                  (one, other) -> one.isAfter(other) ? one : other));
    }
    known.values().forEach(one -> one.open().forEach(drift -> open.add(drift.finding())));
  }

  /** The verdict as it stands with what is known of drift. */
  Verdict take(Verdict verdict, @Nullable SeriesHistory history, GatePolicy policy) {
    RunValues current = history == null ? null : history.current();
    if (history == null || current == null || history.earlier().isEmpty()) {
      return verdict;
    }
    KnownFindings ofSeries = known.get(new SeriesKey(verdict.series()));
    return ofSeries == null || ofSeries.open().isEmpty()
        ? begun(verdict, history, current, policy)
        : gone(verdict, history, current, policy, ofSeries.open().getFirst().finding());
  }

  private Verdict begun(
      Verdict verdict, SeriesHistory history, RunValues current, GatePolicy policy) {
    HistoryDrift drift =
        isStep(verdict) || history.isDirectionAssumed()
            ? null
            : HistoryDrift.forTheWorse(
                counted(history),
                current,
                policy.smallestEffectOf(verdict.series()),
                policy.directionOf(verdict.series()));
    if (drift == null) {
      return verdict;
    }
    Finding finding = finding(verdict, drift, history);
    if (isOwn) {
      open.add(finding);
    }
    return told(verdict, finding, drift.total(), DriftText.of(drift), policy);
  }

  private static boolean isStep(Verdict verdict) {
    return verdict.kind() == VerdictKind.REGRESSED || verdict.kind() == VerdictKind.STILL_REGRESSED;
  }

  /** The runs behind what a person accepted. */
  private List<RunValues> counted(SeriesHistory history) {
    Instant word = accepted.getOrDefault(new SeriesKey(history.series()), Instant.MIN);
    return history.earlier().stream().filter(run -> run.startedAt().isAfter(word)).toList();
  }

  private Finding finding(Verdict verdict, HistoryDrift drift, SeriesHistory history) {
    List<RunValues> good = good(drift, history);
    return new Finding(
        marks.identifier(verdict.series(), FindingKind.DRIFT),
        verdict.series(),
        FindingKind.DRIFT,
        present.id(),
        marks.of(drift.since()),
        marks.of(good.getLast()),
        history.comparedBy(),
        FindingMarks.levels(good, drift.scale()),
        drift.total(),
        Math.min(drift.low(), drift.high()),
        Math.max(drift.low(), drift.high()),
        DriftText.cause(drift));
  }

  /** The few runs before it; where there are too few, those in which it began. */
  private static List<RunValues> good(HistoryDrift drift, SeriesHistory history) {
    int began = history.earlier().indexOf(drift.since());
    return began >= RUNS_OF_A_LEVEL
        ? history.earlier().subList(began - RUNS_OF_A_LEVEL, began)
        : drift.runs().subList(0, RUNS_OF_A_LEVEL);
  }

  private Verdict gone(
      Verdict verdict,
      SeriesHistory history,
      RunValues current,
      GatePolicy policy,
      Finding finding) {
    List<RunValues> now = new ArrayList<>(history.earlier());
    now.add(current);
    now = now.subList(Math.max(0, now.size() - RUNS_OF_A_LEVEL), now.size());
    List<RunValues> good =
        finding.good().stream().map(mark -> RunValues.of(finding.lastGood(), mark)).toList();
    double effect = HistoryDrift.effect(good, now);
    double found = Objects.requireNonNullElse(finding.effect(), 0.0);
    if (now.size() < RUNS_OF_A_LEVEL || effect / found > MADE_GOOD) {
      return told(verdict, finding, effect, DriftText.gone(finding, effect), policy);
    }
    open.remove(finding);
    if (isOwn) {
      String reason = DriftText.mended(effect);
      ended.add(
          new FindingEnd(
              finding.id(), present.id(), FindingState.MENDED, present.startedAt(), reason));
    }
    return verdict;
  }

  private Verdict told(
      Verdict verdict, Finding finding, double effect, String words, GatePolicy policy) {
    notes.add(VerdictText.name(verdict.series()) + " " + words + ".");
    String evidence = verdict.evidence() + "; " + words;
    boolean isRed = policy.onDrift() == Consequence.FAIL && !isStep(verdict);
    return new Verdict(
        verdict.series(),
        isRed ? VerdictKind.REGRESSED : verdict.kind(),
        isRed ? Double.valueOf(effect) : verdict.effect(),
        isRed ? null : verdict.effectLow(),
        isRed ? null : verdict.effectHigh(),
        verdict.confidence(),
        verdict.baseline(),
        evidence,
        isRed ? finding.cause() : verdict.suspectedCause());
  }

  /** With what else is open and ended. */
  RunFindings with(RunFindings others) {
    List<Finding> allOpen = new ArrayList<>(others.open());
    allOpen.addAll(open);
    List<FindingEnd> allEnded = new ArrayList<>(others.ended());
    allEnded.addAll(ended);
    return new RunFindings(allOpen, allEnded);
  }

  /** What a person should know of it, in a few sentences. */
  List<String> notes() {
    List<String> few = new ArrayList<>(notes.subList(0, Math.min(MOST_NOTES, notes.size())));
    if (notes.size() > few.size()) {
      few.add((notes.size() - few.size()) + " more got worse bit by bit.");
    }
    return few;
  }
}
