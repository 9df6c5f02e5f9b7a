package dev.nightjar.model.unit;

import dev.nightjar.model.Direction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A unit as somebody wrote it, and what it is of: each quantity has one canonical unit (UCUM), in
 * which its values are kept and compared, so that a tool that changes from {@code ns} to {@code us}
 * goes on with the same series. A unit that is not known stands for itself.
 *
 * @param symbol the canonical unit: {@code s}, {@code By}, {@code By/s}, <code>{operation}/s</code>
 *     , {@code 1} …
 * @param times a written value times this …
 * @param by … divided by this is the canonical value
 * @param better which way is better as far as the unit tells; absent where it does not
 */
public record Unit(String symbol, BigDecimal times, BigDecimal by, @Nullable Direction better) {
  private static final int MOST_REMEMBERED = 1000;
  private static final int LONGEST = 80;
  private static final Map<String, Unit> REMEMBERED = new ConcurrentHashMap<>();
  private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([^()]+)\\)\\s*");
  private static final double EXACT_INTEGER = 0x1p53;
  private static final int LARGEST_EXACT_POWER = 22;

  /** The unit of a text, in UCUM or as tools and people write it. */
  public static Unit of(String written) {
    Unit known = REMEMBERED.get(written);
    if (known == null) {
      known = read(written);
      if (REMEMBERED.size() < MOST_REMEMBERED) {
        REMEMBERED.put(written, known);
      }
    }
    return known;
  }

  /** Whether values are kept as they were written. */
  public boolean isCanonical() {
    return times.compareTo(by) == 0;
  }

  /**
   * A written value in the canonical unit. It is the double next to the decimal number that the
   * shortest text of the value shows, so that {@code 1500 ns} and {@code 1.5 us} are the same.
   */
  public double canonical(double written) {
    if (isCanonical() || written == 0 || !Double.isFinite(written)) {
      return written;
    }
    if (written == Math.rint(written) && Math.abs(written) < EXACT_INTEGER && isShift()) {
      return written / by.doubleValue();
    }
    return BigDecimal.valueOf(written)
        .multiply(times)
        .divide(by, MathContext.DECIMAL128)
        .doubleValue();
  }

  /** Dividing an exact number by an exact one rounds once, as the decimal way does. */
  private boolean isShift() {
    return times.compareTo(BigDecimal.ONE) == 0
        && by.precision() <= LARGEST_EXACT_POWER
        && by.scale() <= 0;
  }

  private static Unit read(String written) {
    String text = written.strip().replace('µ', 'u').replace('μ', 'u');
    if (text.length() > LONGEST) {
      return UnitTable.verbatim(written.strip());
    }
    Matcher inBrackets = IN_BRACKETS.matcher(text);
    Unit unit = UnitTable.read(inBrackets.matches() ? inBrackets.group(1).strip() : text);
    return unit == null ? UnitTable.verbatim(written.strip()) : unit;
  }

  /**
   * A value in this unit for people, in the multiple that reads best: {@code 1.5 us}, {@code 18.8
   * GiB/s}; in ASCII, for terminals and logs.
   */
  public static String text(double value, String unit) {
    return text(value, unit, value);
  }

  /** The same in the multiple in which another value reads best that stands beside it. */
  public static String text(double value, String unit, double beside) {
    return UnitScale.of(unit, beside).format(value).replace('\u00a0', ' ').replace('µ', 'u');
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
