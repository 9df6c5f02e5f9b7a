package dev.nightjar.gate.decision;

import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** How verdicts read. */
public final class VerdictText {
  /** As far as a tenth is exact enough to be rounded by arithmetic. */
  private static final double LARGEST_TENTHS = 1e7;

  private static final double LOWEST_TOLD = -0.9;
  private static final double HIGHEST_TOLD = 9;
  private static final double NEAR_MIDDLE = 1e-6;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private VerdictText() {}

  /** The series' full name, such as {@code parser/time (size=10) on cpu}. */
  public static String name(Series series) {
    String parameters =
        series.parameters().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
    return series.benchmark().name()
        + "/"
        + series.benchmark().metric()
        + (series.parameters().isEmpty() ? "" : parameters)
        + " on "
        + series.device();
  }

  /**
   * The effect with its interval, such as {@code +3.1 % (+2.2 … +4.0 %)}; a dash when there is
   * none, and {@code unknown} where it may be a tenth as well as ten times the baseline.
   */
  public static String effect(Verdict verdict) {
    Double effect = verdict.effect();
    if (effect == null) {
      return "–";
    }
    Double low = verdict.effectLow();
    Double high = verdict.effectHigh();
    if (low != null && high != null && low < LOWEST_TOLD && high > HIGHEST_TOLD) {
      return "unknown";
    }
    // Of what is counted a hundredth of a per cent is told too.
    String number = verdict.series().isCounted() ? "%+.2f" : "%+.1f";
    String interval =
        low == null || high == null
            ? ""
            : String.format(
                Locale.ROOT, " (" + number + " … " + number + " %%)", 100 * low, 100 * high);
    return String.format(Locale.ROOT, number + " %%%s", 100 * effect, interval);
  }

  /** Such as {@code 2026-11-30 02:00 UTC}. */
  static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  /** Grounds and cause in one sentence. */
  public static String grounds(Verdict verdict) {
    return verdict.suspectedCause() == null
        ? verdict.evidence()
        : verdict.evidence() + "; suspected: " + verdict.suspectedCause();
  }

  /**
   * A number as the formatter has it, without its cost; what lies near the middle of two is left to
   * it.
   */
  public static String oneDecimal(double value) {
    double tenths = value * 10;
    double fraction = tenths - Math.floor(tenths);
    if (Double.compare(tenths, 0) < 0
        || !(tenths < LARGEST_TENTHS)
        || Math.abs(fraction - 0.5) < NEAR_MIDDLE) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    long rounded = Math.round(tenths);
    return rounded / 10 + "." + rounded % 10;
  }
}
