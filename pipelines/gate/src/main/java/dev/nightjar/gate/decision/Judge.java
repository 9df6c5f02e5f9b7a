package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.FamilyCorrection;
import dev.nightjar.gate.statistics.HistoryComparison;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.gate.statistics.Regime;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.unit.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every series of a run its verdict against the earlier runs of its machine.
 *
 * <p>A series has changed (regressed, improved) when the interval of its effect lies beyond the
 * smallest effect that matters; that interval is widened by {@link FamilyCorrection} so that of
 * runs in which nothing changed at most 1 − confidence hold any such verdict. It must also show in
 * each quarter of the run, so that a state which the machine was in for some seconds is no verdict
 * on the program; who can, measures a suspect again at the end of the run. It passes when the
 * effect is shown to be smaller than that, each end of the interval at the policy's confidence (two
 * one-sided tests; passing wrongly is no false alarm, so no correction applies). Else it is
 * inconclusive: too few runs, or too noisy ones, and the evidence says which. A count that was
 * always zero has no relative effect and may regress all the same ({@link ChangeFromZero}).
 */
public final class Judge {
  /** The grounds of a new series about which no more is known. */
  public static final String NOTHING_EARLIER = "no earlier run of this machine has it";

  /** How the grounds begin of a series that was compared with nothing as its times are zero. */
  private static final String NO_TIME = "it took 0 ";

  /** How they begin of one whose earlier values are zero. */
  private static final String FROM_ZERO = "the baseline is zero";

  private static final Set<String> DURATIONS = Set.of("s", "ms", "us", "µs", "ns", "min", "h");
  private static final int SERIES_FOR_COMMON_SHIFT = 8;
  private static final double SHARE_OF_COMMON_SHIFT = 0.8;
  private static final double LEAST_TRUST = 0.5;
  private static final int FEWEST_FOR_PARTS = 12;
  private static final int PARTS = 4;

  private Judge() {}

  /**
   * One verdict per series, in their order; a series that is neither expected nor measured has
   * none.
   */
  public static List<Verdict> judge(List<SeriesHistory> histories, GatePolicy policy) {
    return judgeAll(histories, policy).stream().map(Judged::verdict).toList();
  }

  /** The same, with what the verdicts mean for findings. */
  public static List<Judged> judgeAll(List<SeriesHistory> histories, GatePolicy policy) {
    @Nullable Difference[] differences = new Difference[histories.size()];
    double[] chances = new double[histories.size()];
    int compared = 0;
    for (int i = 0; i < differences.length; i++) {
      SeriesHistory history = histories.get(i);
      if (isComparable(history) && history.current() != null) {
        Difference difference =
            HistoryComparison.of(
                history.series().benchmark().unit(),
                history.series().isCounted(),
                history.earlier(),
                history.current());
        differences[i] = difference;
        if (isTellable(history, difference)) {
          chances[compared++] = difference.chanceBeyond(policy.smallestEffectOf(history.series()));
        }
      }
    }
    double[] shares =
        FamilyCorrection.holm(Arrays.copyOf(chances, compared), 1 - policy.confidence());
    String common = commonShift(differences);
    List<Judged> judged = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < differences.length; i++) {
      SeriesHistory history = histories.get(i);
      Difference difference = differences[i];
      boolean isTold = difference != null && isTellable(history, difference);
      Judged one = judged(history, difference, isTold ? shares[next++] : 0, policy, common);
      if (one != null) {
        judged.add(one);
      }
    }
    return judged;
  }

  private static @Nullable Judged judged(
      SeriesHistory history,
      @Nullable Difference difference,
      double share,
      GatePolicy policy,
      @Nullable String common) {
    RunValues current = history.current();
    if (history.failure() != null || current == null) {
      Verdict verdict = withoutComparison(history);
      return verdict == null ? null : Judged.plain(verdict);
    }
    Judged usual = usual(history, current, difference, share, policy, common);
    if (!history.open().isEmpty()) {
      return OpenJudgement.of(history, current, usual, policy);
    }
    Judged late =
        difference == null || usual.opening() != null
            ? null
            : LateStep.of(history, current, difference, share, policy);
    return late == null ? usual : late;
  }

  /** What is said of a run that is held against the earlier ones, whatever is known of findings. */
  private static Judged usual(
      SeriesHistory history,
      RunValues current,
      @Nullable Difference difference,
      double share,
      GatePolicy policy,
      @Nullable String common) {
    if (difference == null) {
      return Judged.plain(bare(history.series(), VerdictKind.NEW, NOTHING_EARLIER));
    }
    Verdict verdict =
        isTellable(history, difference)
            ? compared(history, current, difference, share, policy, common)
            : withoutRelativeEffect(history, current, difference, policy, common);
    return verdict.kind() == VerdictKind.REGRESSED
        ? new Judged(
            verdict,
            new Judged.Opening(current, difference.regime().runs(), difference.scale()),
            List.of())
        : Judged.plain(verdict);
  }

  private static boolean isComparable(SeriesHistory history) {
    return history.failure() == null && history.current() != null && !history.earlier().isEmpty();
  }

  private static @Nullable Verdict withoutComparison(SeriesHistory history) {
    Series series = history.series();
    if (history.failure() != null) {
      return bare(series, VerdictKind.FAILED, history.failure());
    }
    return history.expected()
        ? bare(series, VerdictKind.MISSING, "expected, and this run has no result of it")
        : null;
  }

  /**
   * A relative change can be told of what is no zero, and a duration of zero is a clock's limit.
   */
  private static boolean isTellable(SeriesHistory history, Difference difference) {
    boolean isDuration = DURATIONS.contains(history.series().benchmark().unit());
    return difference.isRelative() && !(isDuration && difference.present() == 0);
  }

  private static Verdict withoutRelativeEffect(
      SeriesHistory history,
      RunValues current,
      Difference difference,
      GatePolicy policy,
      @Nullable String common) {
    Series series = history.series();
    String unit = series.benchmark().unit();
    if (difference.isRelative()) {
      return bare(
          series,
          VerdictKind.INCONCLUSIVE,
          NO_TIME + unit + ", which nothing does: its clock cannot tell so short a time");
    }
    if (ChangeFromZero.isZeroAsBefore(unit, current, difference)) {
      return bare(
          series,
          VerdictKind.PASS,
          "exactly 0, as in each of %d runs".formatted(difference.regime().runs().size()));
    }
    boolean isAssumed = history.isDirectionAssumed() && !policy.saysDirectionOf(series);
    String open =
        ChangeFromZero.open(policy.directionOf(series), isAssumed, unit, current, difference);
    if (open == null) {
      return new Verdict(
          series,
          VerdictKind.REGRESSED,
          null,
          null,
          null,
          null,
          baseline(difference.regime()),
          ChangeFromZero.evidence(unit, current, difference),
          cause(difference.regime().runs(), current, common));
    }
    return bare(
        series,
        VerdictKind.INCONCLUSIVE,
        FROM_ZERO + ", so a relative change cannot be told, and " + open);
  }

  /** Whether it was compared with nothing, as times of it are zero: this run's, or all before. */
  static boolean isUntimed(Verdict verdict) {
    boolean isDuration = DURATIONS.contains(verdict.series().benchmark().unit());
    return verdict.kind() == VerdictKind.INCONCLUSIVE
        && (verdict.evidence().startsWith(NO_TIME)
            || (isDuration && verdict.evidence().startsWith(FROM_ZERO)));
  }

  static Verdict bare(Series series, VerdictKind kind, String evidence) {
    return new Verdict(series, kind, null, null, null, null, null, evidence, null);
  }

  private static Verdict compared(
      SeriesHistory history,
      RunValues current,
      Difference difference,
      double share,
      GatePolicy policy,
      @Nullable String common) {
    double smallestEffect = policy.smallestEffectOf(history.series());
    double tail = 1 - policy.confidence();
    Interval single = difference.interval(tail);
    Interval corrected =
        difference.mayBeBeyond(smallestEffect) ? difference.interval(share / 2) : single;
    boolean isBeyond = corrected.isBounded() && corrected.isBeyond(smallestEffect);
    boolean changed = isBeyond && showsThroughout(current, difference, smallestEffect, tail);
    VerdictKind kind =
        changed
            ? corrected.changed(policy.directionOf(history.series()))
            : !isBeyond && single.isWithin(smallestEffect)
                ? VerdictKind.PASS
                : VerdictKind.INCONCLUSIVE;
    Interval shown = changed ? corrected : single;
    return new Verdict(
        history.series(),
        kind,
        difference.effect(),
        shown.isBounded() ? shown.low() : null,
        shown.isBounded() ? shown.high() : null,
        shown.isBounded() ? (changed ? 1 - share : 1 - 2 * tail) : null,
        baseline(difference.regime()),
        evidence(history, current, difference, kind == VerdictKind.INCONCLUSIVE && !isBeyond)
            + (isBeyond && !changed ? "; it came and went within the run" : ""),
        changed ? cause(difference.regime().runs(), current, common) : null);
  }

  /**
   * Whether each quarter of the run, taken by itself and without correction, shows the change.
   * Machines have states that come seldom and last for seconds, so seldom that no earlier run may
   * have met one; a program that changed is slower all the time. Few values are taken as they are.
   */
  static boolean showsThroughout(
      RunValues current, Difference difference, double smallestEffect, double tail) {
    double[] values = current.values();
    if (values.length < FEWEST_FOR_PARTS) {
      return true;
    }
    for (int k = 0; k < PARTS; k++) {
      double[] part =
          Arrays.copyOfRange(values, k * values.length / PARTS, (k + 1) * values.length / PARTS);
      double away = difference.scale().of(Robust.median(part)) - difference.baseline();
      if (!difference.isBeyond(away, smallestEffect, tail)) {
        return false;
      }
    }
    return true;
  }

  static String baseline(Regime regime) {
    List<RunValues> earlier = regime.runs();
    String last = abbreviated(earlier.getLast().headCommit());
    return earlier.size() == 1
        ? "the run of " + earlier.getLast().startedAt() + " at " + last
        : earlier.size()
            + " runs up to "
            + last
            + (regime.step() == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", since a step of %+.1f %% at %s",
                    100 * regime.step(),
                    abbreviated(earlier.getFirst().headCommit())));
  }

  static String evidence(
      SeriesHistory history, RunValues current, Difference difference, boolean isTooNoisy) {
    String unit = history.series().benchmark().unit();
    int runs = difference.regime().runs().size();
    double baseline = difference.scale().back(difference.baseline());
    double present = difference.present();
    StringBuilder text = new StringBuilder(120);
    ComparedBy by = history.comparedBy();
    String what = by == ComparedBy.VALUE ? "" : " of " + by.measure();
    text.append(Unit.text(present, unit))
        .append(what)
        .append(" (median of ")
        .append(current.values().length);
    text.append(") against ")
        .append(Unit.text(baseline, unit, present))
        .append(" over ")
        .append(runs);
    text.append(runs == 1 ? " run" : " runs");
    if (difference.degreesOfFreedom() <= 0) {
      text.append("; one earlier run does not tell how much runs differ by themselves")
          .append(ofEnough(runs));
    } else {
      double spread = difference.scale().effect(difference.standardError(), difference.baseline());
      text.append("; by themselves runs differ by ")
          .append(VerdictText.oneDecimal(100 * spread))
          .append(" %");
      if (isTooNoisy) {
        text.append(", too much to decide").append(ofEnough(runs));
      }
      if (difference.coarseStep() > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                ", as they tell nothing finer than %.2g %s",
                difference.coarseStep(),
                unit));
      }
    }
    return text.toString();
  }

  /** How far a history has come; nothing of one that more runs would not help. */
  private static String ofEnough(int runs) {
    int enough = HistoryComparison.ENOUGH_RUNS;
    return runs < enough ? " (%d of %d runs)".formatted(runs, enough) : "";
  }

  private static String cause(List<RunValues> earlier, RunValues current, @Nullable String common) {
    double trust = Arrays.stream(current.weights()).average().orElse(1);
    if (trust < LEAST_TRUST) {
      return "the machine: most repetitions of this run were disturbed";
    }
    return common == null ? commits(earlier.getLast(), current) : common;
  }

  /** What came in between two runs. */
  static String commits(RunValues last, RunValues first) {
    String from = last.headCommit();
    String to = first.headCommit();
    if (from == null || to == null) {
      return "unknown: a run has no commit";
    }
    return from.equals(to)
        ? "the machine: the commit is the same, " + abbreviated(to)
        : "commits " + abbreviated(from) + ".." + abbreviated(to);
  }

  /** A sentence when nearly all series of the run moved the same way. */
  private static @Nullable String commonShift(@Nullable Difference[] differences) {
    int moved = 0;
    int up = 0;
    int all = 0;
    for (Difference difference : differences) {
      if (difference == null || difference.degreesOfFreedom() <= 0) {
        continue;
      }
      all++;
      if (Math.abs(difference.centre()) > difference.standardError()) {
        moved++;
        up += difference.centre() > 0 ? 1 : 0;
      }
    }
    int together = Math.max(up, moved - up);
    if (all < SERIES_FOR_COMMON_SHIFT || together < SHARE_OF_COMMON_SHIFT * all) {
      return null;
    }
    return "the machine, or a change that touches everything: "
        + together
        + " of "
        + all
        + " series moved the same way";
  }

  static String abbreviated(@Nullable String commit) {
    return commit == null ? "no commit" : commit.substring(0, Math.min(12, commit.length()));
  }
}
