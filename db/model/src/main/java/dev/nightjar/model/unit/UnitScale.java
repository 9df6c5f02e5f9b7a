package dev.nightjar.model.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A unit for people: what a value in a benchmark's or metric's UCUM unit is multiplied by, and the
 * symbol behind it. One scale serves all numbers that are compared with one another.
 *
 * @param factor what a value in the UCUM unit is multiplied by
 * @param symbol what stands behind the number; empty for a plain number
 */
public record UnitScale(double factor, String symbol) {
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
  private static final MathContext FEW_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  /** Below it no comma stands in a number, and none of the formatter's work is needed. */
  private static final int GROUPED_FROM = 1000;

  private static final BigDecimal SMALLEST_GROUPED = BigDecimal.valueOf(GROUPED_FROM);

  /** Smaller numbers are shown with an exponent, or nearly so. */
  private static final double SMALLEST_PLAIN = 1e-5;

  /** A fraction that this makes no whole number has more than ten decimals. */
  private static final double SHORT_FRACTION = 1024;

  private static final double NEAR_MIDDLE = 1e-6;
  private static final String NO_BREAK_SPACE = "\u00a0";

  private record Step(double size, String symbol) {}

  private static final List<Step> SECONDS =
      List.of(
          new Step(3600, "h"),
          new Step(60, "min"),
          new Step(1, "s"),
          new Step(1e-3, "ms"),
          new Step(1e-6, "µs"),
          new Step(1e-9, "ns"));
  private static final List<Step> BYTES =
      List.of(
          new Step(0x1p50, "PiB"),
          new Step(0x1p40, "TiB"),
          new Step(0x1p30, "GiB"),
          new Step(0x1p20, "MiB"),
          new Step(0x1p10, "KiB"),
          new Step(1, "B"));
  private static final List<Step> DECIMAL =
      List.of(
          new Step(1e15, "P"),
          new Step(1e12, "T"),
          new Step(1e9, "G"),
          new Step(1e6, "M"),
          new Step(1e3, "k"),
          new Step(1, ""));

  /** The scale in which a value of this size, in this UCUM unit, reads best. */
  public static UnitScale of(String ucum, double size) {
    String plain = ucum.strip();
    boolean rate = plain.endsWith("/s");
    String base = rate ? plain.substring(0, plain.length() - 2) : plain;
    String per = rate ? "/s" : "";
    return switch (base) {
      case "s" -> rate ? new UnitScale(1, "s/s") : steps(SECONDS, 1, size, "");
      case "ms" -> rate ? new UnitScale(1, "ms/s") : steps(SECONDS, 1e-3, size, "");
      case "us" -> rate ? new UnitScale(1, "µs/s") : steps(SECONDS, 1e-6, size, "");
      case "ns" -> rate ? new UnitScale(1, "ns/s") : steps(SECONDS, 1e-9, size, "");
      case "min", "h" -> steps(SECONDS, base.equals("h") ? 3600 : 60, size, "");
      case "By" -> steps(BYTES, 1, size, per);
      case "KiBy" -> steps(BYTES, 0x1p10, size, per);
      case "MiBy" -> steps(BYTES, 0x1p20, size, per);
      case "GiBy" -> steps(BYTES, 0x1p30, size, per);
      case "kBy" -> steps(BYTES, 1e3, size, per);
      case "MBy" -> steps(BYTES, 1e6, size, per);
      case "GBy" -> steps(BYTES, 1e9, size, per);
      case "%" -> new UnitScale(1, "%" + per);
      case "1", "" -> rate ? steps(DECIMAL, 1, size, per) : new UnitScale(1, "");
      case "Hz", "W", "J", "V", "A", "flop", "FLOP", "op", "ops" ->
          steps(DECIMAL, 1, size, base + per);
      default -> counted(base, per, size);
    };
  }

  /** The number with its unit, in four significant digits. */
  public String format(double value) {
    return withSymbol(number(value * factor, DIGITS));
  }

  /** The number with its unit, in three significant digits, for the axis of a chart. */
  public String formatShort(double value) {
    return withSymbol(number(value * factor, FEW_DIGITS));
  }

  /** The number alone, for a column whose head names the unit. */
  public String formatBare(double value) {
    return number(value * factor, DIGITS);
  }

  private String withSymbol(String number) {
    if (symbol.isEmpty()) {
      return number;
    }
    return number + NO_BREAK_SPACE + symbol;
  }

  /** UCUM writes what is counted in braces: {@code {thread}/s}. */
  private static UnitScale counted(String base, String per, double size) {
    boolean annotated = base.startsWith("{") && base.endsWith("}");
    String name = annotated ? plural(base.substring(1, base.length() - 1)) : base;
    UnitScale scale = steps(DECIMAL, 1, size, "");
    boolean plain = scale.symbol.isEmpty();
    return new UnitScale(scale.factor, (plain ? "" : scale.symbol + NO_BREAK_SPACE) + name + per);
  }

  /** UCUM names one: {@code context_switch} becomes {@code context switches}. */
  private static String plural(String one) {
    String words = one.replace('_', ' ');
    return words.endsWith("s") ? words : words + (words.matches(".*(ch|sh|x)") ? "es" : "s");
  }

  private static UnitScale steps(List<Step> steps, double unit, double size, String suffix) {
    double inBase = Math.abs(size) * unit;
    Step chosen = inBase == 0 ? zeroStep(steps) : steps.getLast();
    for (Step step : steps) {
      if (inBase >= step.size) {
        chosen = step;
        break;
      }
    }
    return new UnitScale(unit / chosen.size, chosen.symbol + suffix);
  }

  private static Step zeroStep(List<Step> steps) {
    return steps.stream().filter(step -> step.size == 1).findFirst().orElse(steps.getLast());
  }

  private static String number(double value, MathContext digits) {
    if (!Double.isFinite(value)) {
      return "—";
    }
    if (value == Math.rint(value) && Math.abs(value) < GROUPED_FROM) {
      return Long.toString((long) value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    if (Math.abs(value) >= 1e15 || Math.abs(value) < 1e-6) {
      return String.format(Locale.ROOT, "%." + (digits.getPrecision() - 1) + "e", value);
    }
    String plain = plain(Math.abs(value), digits.getPrecision());
    if (plain != null) {
      return value < 0 ? "-" + plain : plain;
    }
    BigDecimal rounded = new BigDecimal(value).round(digits);
    if (rounded.abs().compareTo(SMALLEST_GROUPED) < 0 && rounded.scale() >= 0) {
      return rounded.toPlainString();
    }
    return rounded.scale() > 0
        ? String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded)
        : String.format(Locale.ROOT, "%,d", rounded.toBigInteger());
  }

  /**
   * A number below a thousand that has more digits than are shown, rounded by arithmetic: a gate
   * writes hundreds of thousands. Absent where that is not sure to be as exact decimals have it.
   */
  private static @Nullable String plain(double size, int digits) {
    if (size >= GROUPED_FROM || size < SMALLEST_PLAIN || isShort(size)) {
      return null;
    }
    int decimals = digits;
    for (double bound = 1; size >= bound; bound *= 10) {
      decimals--;
    }
    for (double bound = 0.1; size < bound; bound /= 10) {
      decimals++;
    }
    double scaled = size * Math.pow(10, decimals);
    double rounded = Math.rint(scaled);
    if (Math.abs(Math.abs(scaled - rounded) - 0.5) < NEAR_MIDDLE
        || rounded < Math.pow(10, digits - 1.0)
        || rounded >= Math.pow(10, digits)
        || decimals <= 0) {
      return null;
    }
    StringBuilder text = new StringBuilder().append((long) rounded);
    while (text.length() <= decimals) {
      text.insert(0, '0');
    }
    return text.insert(text.length() - decimals, '.').toString();
  }

  /** Whether the binary fraction is so short that its decimals may all be shown. */
  private static boolean isShort(double size) {
    return size * SHORT_FRACTION == Math.rint(size * SHORT_FRACTION);
  }
}
