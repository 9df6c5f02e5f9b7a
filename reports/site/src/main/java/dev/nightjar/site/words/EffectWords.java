package dev.nightjar.site.words;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.unit.UnitScale;
import java.util.Locale;
import java.util.Objects;

/** What a relative change means, in words: {@code 8.2 % slower}. */
public final class EffectWords {
  private EffectWords() {}

  /** Such as {@code +8.2 %}. */
  public static String signed(double effect) {
    String digits = digits(effect);
    String sign = isZero(digits) ? "±" : effect < 0 ? "−" : "+";
    return sign + digits + "\u00a0%";
  }

  /** Such as {@code 8.2 % slower}, {@code 3.0 % less throughput}, {@code unchanged}. */
  public static String spoken(Benchmark benchmark, double effect) {
    String digits = digits(effect);
    if (isZero(digits)) {
      return "unchanged";
    }
    if (isTime(benchmark)) {
      return digits + "\u00a0% " + (effect > 0 ? "slower" : "faster");
    }
    boolean better = effect < 0 == (benchmark.direction() == Direction.LOWER_IS_BETTER);
    String amount = effect > 0 ? "higher" : "lower";
    return digits + "\u00a0% " + amount + (better ? " (better)" : " (worse)");
  }

  /** Such as {@code 99 % sure of +5.1 % to +11.3 %}; absent parts are left out. */
  public static String certainty(Verdict verdict) {
    if (verdict.effectLow() == null || verdict.effectHigh() == null) {
      return "";
    }
    String range =
        signed(Objects.requireNonNull(verdict.effectLow()))
            + " to "
            + signed(Objects.requireNonNull(verdict.effectHigh()));
    Double confidence = verdict.confidence();
    return confidence == null ? range : confidence(confidence) + " confidence: " + range;
  }

  /** Such as {@code 99 %} or {@code 99.9 %}. */
  public static String confidence(double confidence) {
    return UnitScale.of("%", 1).formatShort(confidence * 100);
  }

  private static boolean isTime(Benchmark benchmark) {
    return benchmark.direction() == Direction.LOWER_IS_BETTER
        && switch (benchmark.unit()) {
          case "s", "ms", "us", "ns", "min", "h" -> true;
          default -> false;
        };
  }

  private static String digits(double effect) {
    double percent = Math.abs(effect) * 100;
    int decimals = percent >= 100 ? 0 : percent >= 0.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", percent);
  }

  private static boolean isZero(String digits) {
    return digits.chars().allMatch(c -> c == '0' || c == '.');
  }
}
