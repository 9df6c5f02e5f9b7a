package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a series that is known to have got worse. It is held against the last good level
 * until it is shown that this is reached again ({@link Recovery}); what is not shown, be it for
 * noise, leaves the finding open. Against the runs since it may regress once more, which is a
 * finding of its own.
 */
final class OpenJudgement {
  private final SeriesHistory history;
  private final RunValues current;
  private final GatePolicy policy;
  private final Finding oldest;
  private final Recovery recovery;

  private OpenJudgement(SeriesHistory history, RunValues current, GatePolicy policy) {
    this.history = history;
    this.current = current;
    this.policy = policy;
    oldest = history.open().getFirst().finding();
    recovery = Recovery.of(history.open().getFirst(), current, history.series(), policy);
  }

  /**
   * Judges.
   *
   * @param usual what the runs since the newest of the findings say
   */
  static Judged of(SeriesHistory history, RunValues current, Judged usual, GatePolicy policy) {
    return new OpenJudgement(history, current, policy).judge(usual);
  }

  private Judged judge(Judged usual) {
    if (recovery.isGone()) {
      return gone();
    }
    List<Judged.Ending> endings = endingsOfLater();
    if (usual.opening() == null && isWorseThanKnown()) {
      return worse(endings);
    }
    return usual.opening() != null && endings.isEmpty()
        ? new Judged(worseOnceMore(usual.verdict()), usual.opening(), List.of())
        : new Judged(still(), null, endings);
  }

  /** As good as before all of them, so all end. */
  private Judged gone() {
    List<Judged.Ending> endings = new ArrayList<>();
    endings.add(ending(oldest, recovery));
    for (OpenFinding later : history.open().subList(1, history.open().size())) {
      endings.add(new Judged.Ending(later.finding(), FindingState.MENDED, goodAgain(oldest)));
    }
    Interval interval = recovery.present().interval(1 - policy.confidence());
    VerdictKind kind = kindOf(interval);
    String nights = recovery.nights() == 1 ? "" : ", by the last " + recovery.nights() + " runs";
    return new Judged(
        verdict(kind, endings.getFirst().state().word() + ": " + goodAgain(oldest) + nights),
        null,
        endings);
  }

  private VerdictKind kindOf(Interval interval) {
    double smallest = policy.smallestEffectOf(history.series());
    Direction direction = policy.directionOf(history.series());
    if (!recovery.present().isRelative()
        || interval.isWithin(smallest)
        || recovery.pooled().interval(1 - policy.confidence()).isWithin(smallest)) {
      return VerdictKind.PASS;
    }
    return interval.isBounded() && interval.isBeyond(smallest)
        ? interval.changed(direction)
        : VerdictKind.INCONCLUSIVE;
  }

  /** Those that began behind the oldest, and whose own good level is reached again. */
  private List<Judged.Ending> endingsOfLater() {
    List<Judged.Ending> endings = new ArrayList<>();
    for (OpenFinding later : history.open().subList(1, history.open().size())) {
      Recovery of = Recovery.of(later, current, history.series(), policy);
      if (of.isGone()) {
        endings.add(ending(later.finding(), of));
      }
    }
    return endings;
  }

  private static Judged.Ending ending(Finding finding, Recovery recovery) {
    FindingState state = recovery.isConfirmed() ? FindingState.MENDED : FindingState.UNCONFIRMED;
    return new Judged.Ending(finding, state, goodAgain(finding));
  }

  private static String goodAgain(Finding finding) {
    return "as before " + Judge.abbreviated(finding.since().commit()) + " again";
  }

  /**
   * Whether it is worse than all that was found, the far end of its interval taken, by more than
   * the smallest effect: the runs since may be too few to show that by themselves.
   */
  private boolean isWorseThanKnown() {
    Difference present = recovery.present();
    double tail = 1 - policy.confidence();
    Interval interval = present.interval(tail);
    double limit = limit();
    boolean isBeyond = isLower() ? interval.low() > limit : interval.high() < limit;
    return present.isRelative()
        && interval.isBounded()
        && isBeyond
        && Judge.showsThroughout(current, present, Math.abs(limit), tail);
  }

  /** As a relative change of the good level; NaN, which nothing is beyond, where none is known. */
  private double limit() {
    double smallest = policy.smallestEffectOf(history.series());
    double limit = isLower() ? smallest : -smallest;
    for (OpenFinding open : history.open()) {
      limit = both(limit, Objects.requireNonNullElse(farEnd(open.finding()), Double.NaN));
    }
    return limit;
  }

  private boolean isLower() {
    return policy.directionOf(history.series()) == Direction.LOWER_IS_BETTER;
  }

  private @Nullable Double farEnd(Finding finding) {
    Double end = isLower() ? finding.effectHigh() : finding.effectLow();
    return end == null ? finding.effect() : end;
  }

  /** Two relative changes, one upon the other. */
  private static double both(double one, double other) {
    return (1 + one) * (1 + other) - 1;
  }

  /** A finding of its own, of which the good level is what was known to be slow. */
  private Judged worse(List<Judged.Ending> endings) {
    List<RunValues> since = history.open().getLast().since();
    RunValues last = since.isEmpty() ? history.earlier().getLast() : since.getLast();
    Verdict still =
        verdict(VerdictKind.REGRESSED, "worse than all that is known of it, " + since());
    Verdict verdict = still.because(Judge.commits(last, current));
    List<RunValues> slow = since.isEmpty() ? List.of(last) : since;
    return new Judged(
        verdict, new Judged.Opening(current, slow, recovery.present().scale()), endings);
  }

  private Verdict worseOnceMore(Verdict verdict) {
    return new Verdict(
        verdict.series(),
        verdict.kind(),
        verdict.effect(),
        verdict.effectLow(),
        verdict.effectHigh(),
        verdict.confidence(),
        verdict.baseline(),
        verdict.evidence() + "; it was slow already, " + since(),
        verdict.suspectedCause());
  }

  private Verdict still() {
    return verdict(VerdictKind.STILL_REGRESSED, since());
  }

  private String since() {
    int runs = history.open().getFirst().since().size();
    return "since %s at %s, %d run%s ago"
        .formatted(
            VerdictText.minute(oldest.since().startedAt()),
            Judge.abbreviated(oldest.since().commit()),
            runs,
            runs == 1 ? "" : "s");
  }

  /** Against the last good level. */
  private Verdict verdict(VerdictKind kind, String clause) {
    Difference present = recovery.present();
    Interval interval = present.interval(1 - policy.confidence());
    boolean isTold = present.isRelative() && interval.isBounded();
    return new Verdict(
        history.series(),
        kind,
        present.isRelative() ? present.effect() : null,
        isTold ? interval.low() : null,
        isTold ? interval.high() : null,
        isTold ? 1 - 2 * (1 - policy.confidence()) : null,
        Judge.baseline(present.regime()),
        Judge.evidence(history, current, present, false) + "; " + clause,
        kind == VerdictKind.STILL_REGRESSED ? oldest.cause() : null);
  }
}
