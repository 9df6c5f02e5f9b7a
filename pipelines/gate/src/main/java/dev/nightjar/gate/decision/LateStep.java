package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.HistoryComparison;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step for the worse that no night alone could tell and several together do: without it the runs
 * since become the baseline, and what is slow passes.
 *
 * <p>The earlier runs have a step of their own ({@link
 * dev.nightjar.gate.statistics.series.ChangePoints}), and all since, the present one with them, or
 * the present one by itself, held against the level before it, lie beyond the smallest effect with
 * the error that one series of the run may make. A quarter of that each, as the run's own
 * comparison has the other half. As long as they look so and do not show it, it is undecided: what
 * is worse never becomes the baseline unsaid. What is older than {@value #MOST_RUNS} runs is how it
 * is by now, be it that it was red then.
 */
final class LateStep {
  private static final int MOST_RUNS = 20;
  private static final int FEWEST_BEFORE = 4;

  private final SeriesHistory history;
  private final RunValues current;
  private final List<RunValues> since;
  private final GatePolicy policy;

  private LateStep(
      SeriesHistory history, RunValues current, List<RunValues> since, GatePolicy policy) {
    this.history = history;
    this.current = current;
    this.since = since;
    this.policy = policy;
  }

  /** What is to be said instead of the usual; absent when there is no such step. */
  static @Nullable Judged of(
      SeriesHistory history, RunValues current, Difference usual, double share, GatePolicy policy) {
    List<RunValues> since = usual.regime().runs();
    List<RunValues> before = history.earlier().subList(0, history.earlier().size() - since.size());
    if (usual.regime().step() == null
        || since.size() > MOST_RUNS
        || before.size() < FEWEST_BEFORE) {
      return null;
    }
    String unit = history.series().benchmark().unit();
    boolean isCounted = history.series().isCounted();
    Difference present = HistoryComparison.of(unit, isCounted, before, current);
    List<RunValues> good = present.regime().runs();
    List<Difference> all = new ArrayList<>();
    since.forEach(run -> all.add(HistoryComparison.ofLevel(unit, isCounted, good, run)));
    all.add(present);
    boolean isOfOneScale = all.stream().allMatch(one -> one.scale() == present.scale());
    return isOfOneScale && present.isRelative() && present.degreesOfFreedom() > 0
        ? new LateStep(history, current, since, policy).judged(present, all, share)
        : null;
  }

  private @Nullable Judged judged(Difference present, List<Difference> all, double share) {
    Difference pooled = Difference.pooled(all);
    double tail = share > 0 ? share / 4 : (1 - policy.confidence()) / 4;
    if (!isWorse(present.effect())) {
      return null;
    }
    if (isShown(pooled.interval(tail))) {
      return opened(pooled, tail, "no night alone could tell, and the %d runs %s together do");
    }
    if (isShown(present.interval(tail))) {
      return opened(present, tail, "the %d runs %s are no baseline, as a step lies before them");
    }
    return isWorse(pooled.effect()) ? undecided(pooled) : null;
  }

  private boolean isWorse(double effect) {
    double smallest = policy.smallestEffectOf(history.series());
    return Recovery.worse(effect, policy.directionOf(history.series())) > smallest;
  }

  private boolean isShown(Interval interval) {
    return interval.isBounded()
        && interval.isBeyond(policy.smallestEffectOf(history.series()))
        && interval.changed(policy.directionOf(history.series())) == VerdictKind.REGRESSED;
  }

  private Judged opened(Difference difference, double tail, String clause) {
    List<RunValues> good = difference.regime().runs();
    Verdict verdict =
        verdict(
            VerdictKind.REGRESSED,
            difference,
            tail,
            clause,
            Judge.commits(good.getLast(), since.getFirst()));
    return new Judged(
        verdict, new Judged.Opening(since.getFirst(), good, difference.scale()), List.of());
  }

  private Judged undecided(Difference pooled) {
    return Judged.plain(
        verdict(
            VerdictKind.INCONCLUSIVE,
            pooled,
            1 - policy.confidence(),
            "the %d runs %s look worse together, and more of them decide",
            null));
  }

  private Verdict verdict(
      VerdictKind kind, Difference difference, double tail, String clause, @Nullable String cause) {
    Interval interval = difference.interval(tail);
    RunValues first = since.getFirst();
    String begin =
        "since %s at %s"
            .formatted(
                VerdictText.minute(first.startedAt()), Judge.abbreviated(first.headCommit()));
    return new Verdict(
        history.series(),
        kind,
        difference.effect(),
        interval.isBounded() ? interval.low() : null,
        interval.isBounded() ? interval.high() : null,
        interval.isBounded() ? 1 - 2 * tail : null,
        Judge.baseline(difference.regime()),
        Judge.evidence(history, current, difference, false)
            + "; "
            + clause.formatted(since.size() + 1, begin),
        cause);
  }
}
