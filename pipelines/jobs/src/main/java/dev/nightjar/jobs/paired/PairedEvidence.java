package dev.nightjar.jobs.paired;

import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.model.VerdictKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/**
 * What a comparison in turns has found, in a sentence that tells enough to act: the effect, its
 * interval, the smallest effect that it is held against, and, where they do not decide, what would.
 *
 * @param pairTime what a pair takes, with all that goes on around it
 * @param mostPairs that may be measured
 * @param budget of the whole run
 */
record PairedEvidence(PairedSeries series, Duration pairTime, int mostPairs, Duration budget) {
  /** Of the time that is foreseen; spreads are estimates. */
  private static final double MARGIN = 1.25;

  private static final int ROUND_SECONDS = 10;

  String sentence(PairedComparison.Decision decision) {
    return effect(decision)
        + "; "
        + (decision.kind() == VerdictKind.INCONCLUSIVE ? undecided(decision) : decided(decision))
        + "; "
        + series.spreads()
        + lacking();
  }

  private String effect(PairedComparison.Decision decision) {
    String over =
        String.format(
            Locale.ROOT,
            "%s over %d pairs by %s",
            Double.isFinite(decision.effect()) ? percent(decision.effect()) : "from zero to more",
            series.pairs(),
            series.yardstickWords());
    return isBounded(decision)
        ? String.format(
            Locale.ROOT,
            "%s, between %s and %s at %s %%",
            over,
            signed(decision.low()),
            percent(decision.high()),
            plain(decision.confidence()))
        : over;
  }

  static boolean isBounded(PairedComparison.Decision decision) {
    return Double.isFinite(decision.low()) && Double.isFinite(decision.high());
  }

  private String percent(double share) {
    return signed(share) + " %";
  }

  /** In per cent; of what is counted a hundredth is told too. */
  private String signed(double share) {
    return String.format(Locale.ROOT, series.series().isCounted() ? "%+.2f" : "%+.1f", 100 * share);
  }

  /** In per cent, with as many digits as it has, four at the most. */
  private static String plain(double share) {
    return BigDecimal.valueOf(100 * share)
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toPlainString();
  }

  private String smallest() {
    double smallest = series.comparison().smallestEffect();
    return smallest == 0 ? "no effect" : "the smallest effect of " + plain(smallest) + " %";
  }

  private String decided(PairedComparison.Decision decision) {
    return (decision.kind() == VerdictKind.PASS ? "within " : "beyond ") + smallest();
  }

  private String undecided(PairedComparison.Decision decision) {
    int zeros = series.comparison().zeros();
    if (zeros > 0) {
      return "in %d of them a value is zero or less, of which there is no ratio".formatted(zeros);
    }
    if (series.comparison().pairs() == 0) {
      return "the two versions wait for unlike times, so what they take side by side tells nothing,"
          + " and there was no time to measure them in turns: 'duet: off' does";
    }
    double pairs = series.comparison().pairsToDecide();
    String open =
        isBounded(decision)
            ? "that lies on both sides of " + smallest()
            : series.pairs() < series.comparison().fewestPairs()
                ? "%d pairs are the fewest that decide anything"
                    .formatted(series.comparison().fewestPairs())
                : "they are too few to tell how sure that is";
    return open + ", " + wayOn(pairs);
  }

  private String wayOn(double pairs) {
    if (Double.isInfinite(pairs)) {
      return "and no number of pairs would decide it: the values are too coarse or the effect is"
          + " too near, so print more digits or set another smallest_effect";
    }
    if (pairs > mostPairs) {
      return String.format(
          Locale.ROOT,
          "and about %.0f pairs would decide it, more than the %d allowed: make the benchmark"
              + " steadier, or set a larger smallest_effect",
          pairs,
          mostPairs);
    }
    double missing = Math.max(1, pairs - series.comparison().pairs()) * MARGIN;
    double seconds = budget.toSeconds() + missing * pairTime.toMillis() / 1000;
    long enough = (long) Math.ceil(seconds / ROUND_SECONDS) * ROUND_SECONDS;
    return "--budget " + enough + " would decide it";
  }

  private String lacking() {
    int lacking = series.lacking();
    return lacking == 0 ? "" : "; %d pairs lack a value of it".formatted(lacking);
  }
}
