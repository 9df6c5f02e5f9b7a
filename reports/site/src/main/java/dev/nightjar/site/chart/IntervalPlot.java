package dev.nightjar.site.chart;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.Verdict;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.words.EffectWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The intervals of effects, each a bar around no change, all on one scale: the forest plot of a
 * meta-analysis. The numbers stand in words beside it, so it is hidden from screen readers.
 */
public final class IntervalPlot {
  private static final double LEAST = 0.02;
  private static final double MOST = 1;

  private final double reach;

  private IntervalPlot(double reach) {
    this.reach = reach;
  }

  /** A plot wide enough for all of these, except that a doubling ends it. */
  public static IntervalPlot onScaleOf(List<SeriesResult> results) {
    double reach = LEAST;
    for (SeriesResult result : results) {
      Verdict verdict = result.verdict();
      if (verdict != null) {
        reach = Math.max(reach, Math.max(size(verdict.effectLow()), size(verdict.effectHigh())));
        reach = Math.max(reach, size(verdict.effect()));
      }
    }
    return new IntervalPlot(Math.min(MOST, Axis.fromZero(reach).high()));
  }

  /** Such as {@code −20 % to +20 %}. */
  public String scaleInWords() {
    return EffectWords.signed(-reach) + " to " + EffectWords.signed(reach);
  }

  /** Writes one interval; an empty scale when there is no effect. */
  public void write(Markup html, @Nullable Verdict verdict) {
    html.in(
        "svg",
        at(
            "class",
            "interval-plot",
            "viewBox",
            "0 0 1000 100",
            "preserveAspectRatio",
            "none",
            "aria-hidden",
            "true"),
        () -> {
          html.empty("path", at("class", "zero", "d", "M500 0v100"));
          Double effect = verdict == null ? null : verdict.effect();
          if (verdict != null && effect != null) {
            bar(html, verdict, effect);
          }
        });
  }

  private void bar(Markup html, Verdict verdict, double effect) {
    Double low = verdict.effectLow();
    Double high = verdict.effectHigh();
    String kind = " v-" + verdict.kind().word();
    if (low != null && high != null) {
      int from = across(low);
      String line = "M" + from + " 50H" + Math.max(from + 2, across(high));
      html.empty("path", at("class", "bar" + kind, "d", line));
    }
    html.empty("path", at("class", "now" + kind, "d", "M" + across(effect) + " 50h0"));
  }

  private int across(double effect) {
    return (int) Math.round(500 + Math.clamp(effect / reach, -1, 1) * 490);
  }

  private static double size(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? 0 : Math.abs(value);
  }
}
