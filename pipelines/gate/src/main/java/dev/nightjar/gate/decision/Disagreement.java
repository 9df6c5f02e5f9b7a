package dev.nightjar.gate.decision;

import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a program's time and its instructions say different things of the same change: fewer
 * instructions and slower, or slower by no more instructions. Neither is wrong, and whoever reads
 * one of them should know of the other.
 */
public final class Disagreement {
  private static final String TIME = "time";
  private static final String INSTRUCTIONS = "instructions";

  private Disagreement() {}

  /** The verdicts, with what is to be known of the other added to the grounds of each. */
  public static List<Verdict> told(List<Verdict> verdicts) {
    boolean isAnyCounted = verdicts.stream().anyMatch(one -> isCount(one.series()));
    return isAnyCounted
        ? verdicts.stream().map(verdict -> told(verdict, verdicts)).toList()
        : verdicts;
  }

  private static Verdict told(Verdict verdict, List<Verdict> all) {
    boolean isTime = isTime(verdict.series());
    if (!isTime && !isCount(verdict.series())) {
      return verdict;
    }
    Verdict other =
        all.stream()
            .filter(one -> isTime ? isCount(one.series()) : isTime(one.series()))
            .filter(one -> isSameProgram(one.series(), verdict.series()))
            .findFirst()
            .orElse(null);
    String clause =
        other == null
            ? null
            : isTime ? clause(verdict, other, true) : clause(other, verdict, false);
    return clause == null ? verdict : verdict.withEvidence(verdict.evidence() + "; " + clause);
  }

  private static boolean isSameProgram(Series one, Series other) {
    return one.benchmark().name().equals(other.benchmark().name());
  }

  private static boolean isTime(Series series) {
    return !series.isCounted()
        && series.parameters().isEmpty()
        && series.benchmark().suite() == null
        && series.benchmark().metric().equals(TIME);
  }

  private static boolean isCount(Series series) {
    return series.isCounted() && series.benchmark().metric().equals(INSTRUCTIONS);
  }

  private static @Nullable String clause(Verdict time, Verdict count, boolean isOfTime) {
    VerdictKind byTime = time.kind();
    VerdictKind byCount = count.kind();
    if (byTime == VerdictKind.REGRESSED && byCount == VerdictKind.IMPROVED) {
      return "fewer instructions, yet slower: the two disagree";
    }
    if (byTime == VerdictKind.IMPROVED && byCount == VerdictKind.REGRESSED) {
      return "more instructions, yet faster: the two disagree";
    }
    if (isOfTime && byTime == VerdictKind.REGRESSED && byCount == VerdictKind.PASS) {
      return "it executes no more instructions, so look at memory, caches, waiting and the machine";
    }
    return !isOfTime && byCount == VerdictKind.REGRESSED && byTime == VerdictKind.PASS
        ? "its time passes all the same"
        : null;
  }
}
