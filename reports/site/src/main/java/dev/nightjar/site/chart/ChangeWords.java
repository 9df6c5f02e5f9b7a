package dev.nightjar.site.chart;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Direction;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.Moments;
import java.util.List;

/** What a change point says to people. */
public final class ChangeWords {
  private ChangeWords() {}

  /** The class that colours it: that of a regression when the level is worse after it. */
  public static String kind(ChangePoint change, Direction direction) {
    boolean isLower = change.after() < change.before();
    return isLower == (direction == Direction.LOWER_IS_BETTER) ? "v-improved" : "v-regressed";
  }

  /**
   * Such as {@code Since 12 Nov 2026 at 6f1d2ab: from 1.20 s to 1.34 s (+11.7 %), 99.8 % sure.}
   *
   * @param history the runs that the change's index counts
   */
  public static String sentence(ChangePoint change, List<HistoryPoint> history, UnitScale scale) {
    HistoryPoint first = history.get(change.index());
    String commit = first.headCommit();
    StringBuilder words = new StringBuilder("Since ").append(Moments.day(first.startedAt()));
    if (commit != null) {
      words.append(" at ").append(commit, 0, Math.min(10, commit.length()));
    }
    words.append(": from ").append(scale.format(change.before()));
    words.append(" to ").append(scale.format(change.after()));
    double effect = change.after() / change.before() - 1;
    if (Double.isFinite(effect)) {
      words.append(" (").append(EffectWords.signed(effect)).append(')');
    }
    // Never 100 %, however it is rounded.
    double sure = Math.min(0.999, Math.floor(change.confidence() * 1000) / 1000);
    return words.append(", ").append(EffectWords.confidence(sure)).append(" sure.").toString();
  }
}
