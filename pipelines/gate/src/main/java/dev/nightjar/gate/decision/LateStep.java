package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.HistoryComparison;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step for the worse that no night alone could tell and several together do: without it the runs
 * since become the baseline, and what is slow passes.
 *
 * <p>The earlier runs have a step of their own ({@link dev.nightjar.gate.statistics.ChangePoints}),
 * and all since, the present one with them, held against the level before it, lie beyond the
 * smallest effect with the error that one series of the run may make. Half of that, as the run's
 * own comparison has the other. What is older than {@value #MOST_RUNS} runs is how it is by now, be
 * it that it was red then.
 */
final class LateStep {
  private static final int MOST_RUNS = 20;
  private static final int FEWEST_BEFORE = 4;

  private LateStep() {}

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
    Difference pooled = Difference.pooled(all);
    return isOfOneScale && isWorse(history, present, pooled, share, policy)
        ? judged(history, current, since, pooled, share)
        : null;
  }

  private static boolean isWorse(
      SeriesHistory history,
      Difference present,
      Difference pooled,
      double share,
      GatePolicy policy) {
    double smallest = policy.smallestEffectOf(history.series());
    Direction direction = policy.directionOf(history.series());
    if (!pooled.isRelative() || pooled.degreesOfFreedom() <= 0 || share <= 0) {
      return false;
    }
    Interval interval = pooled.interval(share / 4);
    return interval.isBeyond(smallest)
        && interval.changed(direction) == VerdictKind.REGRESSED
        && Recovery.worse(present.effect(), direction) > smallest;
  }

  private static Judged judged(
      SeriesHistory history,
      RunValues current,
      List<RunValues> since,
      Difference pooled,
      double share) {
    Interval interval = pooled.interval(share / 4);
    List<RunValues> good = pooled.regime().runs();
    RunValues first = since.getFirst();
    String evidence =
        String.format(
            Locale.ROOT,
            "%s; no night alone could tell, and the %d runs since %s at %s together do",
            Judge.evidence(history, current, pooled, false),
            since.size() + 1,
            VerdictText.minute(first.startedAt()),
            Judge.abbreviated(first.headCommit()));
    Verdict verdict =
        new Verdict(
            history.series(),
            VerdictKind.REGRESSED,
            pooled.effect(),
            interval.low(),
            interval.high(),
            1 - share / 2,
            Judge.baseline(pooled.regime()),
            evidence,
            Judge.commits(good.getLast(), first));
    return new Judged(verdict, new Judged.Opening(first, good, pooled.scale()), List.of());
  }
}
