package dev.nightjar.site.words;

import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.SeriesResult;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The verdicts of a run in the order in which they matter. */
public final class Verdicts {
  private static final List<VerdictKind> WORST_FIRST =
      List.of(
          VerdictKind.REGRESSED,
          VerdictKind.FAILED,
          VerdictKind.STILL_REGRESSED,
          VerdictKind.MISSING,
          VerdictKind.INCONCLUSIVE,
          VerdictKind.IMPROVED,
          VerdictKind.NEW,
          VerdictKind.PASS);

  private Verdicts() {}

  /** How many series got which verdict, the worst first; those nobody got are left out. */
  public static Map<VerdictKind, Integer> count(List<SeriesResult> results) {
    Map<VerdictKind, Integer> counts = new EnumMap<>(VerdictKind.class);
    for (SeriesResult result : results) {
      Verdict verdict = result.verdict();
      if (verdict != null) {
        counts.merge(verdict.kind(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** The kinds, the worst first. */
  public static List<VerdictKind> worstFirst() {
    return WORST_FIRST;
  }

  /** The results, the worst first, then by size of the change, then by name. */
  public static List<SeriesResult> inOrder(List<SeriesResult> results) {
    return results.stream()
        .sorted(
            Comparator.comparingInt(Verdicts::rank)
                .thenComparing(Comparator.comparingDouble(Verdicts::sizeOfChange).reversed())
                .thenComparing(result -> SeriesNames.full(result.series())))
        .toList();
  }

  private static int rank(SeriesResult result) {
    Verdict verdict = result.verdict();
    return verdict == null ? WORST_FIRST.size() : WORST_FIRST.indexOf(verdict.kind());
  }

  private static double sizeOfChange(SeriesResult result) {
    Verdict verdict = result.verdict();
    Double effect = verdict == null ? null : verdict.effect();
    return effect == null ? 0 : Math.abs(effect);
  }
}
