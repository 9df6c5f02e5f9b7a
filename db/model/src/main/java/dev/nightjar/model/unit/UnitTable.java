package dev.nightjar.model.unit;

import dev.nightjar.model.Direction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every unit that is known: symbols of UCUM, what the tools write, and the words of people. A unit
 * is one of these, or a quotient of two of them.
 */
final class UnitTable {
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final Direction LOWER = Direction.LOWER_IS_BETTER;
  private static final Direction HIGHER = Direction.HIGHER_IS_BETTER;

  /** By what they are written as; letters' case counts. */
  private static final Map<String, Unit> SYMBOLS = new HashMap<>();

  /** By words in small letters. */
  private static final Map<String, Unit> WORDS = new HashMap<>();

  /** Rates that are written as one word. */
  private static final Map<String, Unit> PER_SECOND = new HashMap<>();

  /** What is counted, in the singular, by the words for it. */
  private static final Map<String, String> COUNTED = new HashMap<>();

  /** Of these, fewer a second are better; also of any word that ends like them. */
  private static final Pattern TROUBLE =
      Pattern.compile(
          ".*(error|failure|fail|fault|miss|drop|timeout|retry|retrie|stall|abort|conflict|loss"
              + "|exception|crash|leak|switch|migration|eviction|collision|violation|rejection)");

  private static final Map<Character, BigDecimal> DECIMAL =
      Map.of(
          'k', new BigDecimal(1_000),
          'K', new BigDecimal(1_000),
          'M', new BigDecimal(1_000_000),
          'G', new BigDecimal(1_000_000_000L),
          'T', new BigDecimal(1_000_000_000_000L),
          'P', new BigDecimal(1_000_000_000_000_000L));

  private static final Pattern PREFIXED = Pattern.compile("([kKMGTP])([A-Za-z]{2,})");
  private static final Pattern BRACES = Pattern.compile("\\{[^{}]+}");

  /** Each time of one of these is what a benchmark repeats, so it is no part of the quantity. */
  private static final Set<String> REPEATED = Set.of("{operation}", "{iteration}");

  static {
    time("s", "1", "sec", "secs", "second", "seconds");
    time("ms", "1e-3", "msec", "msecs", "millis", "millisecond", "milliseconds");
    time("us", "1e-6", "usec", "usecs", "micros", "microsecond", "microseconds");
    time("ns", "1e-9", "nsec", "nsecs", "nanos", "nanosecond", "nanoseconds");
    time("ps", "1e-12", "psec", "picosecond", "picoseconds");
    time("min", "60", "mins", "minute", "minutes");
    time("h", "3600", "hr", "hour", "hours");
    time("d", "86400", "day", "days");
    bytes("By", "B", "byte", "bytes");
    bits("bit", "1", "bits");
    BigDecimal decimal = ONE;
    BigDecimal binary = ONE;
    for (char prefix : List.of('k', 'M', 'G', 'T', 'P')) {
      decimal = decimal.multiply(new BigDecimal(1000));
      binary = binary.multiply(new BigDecimal(1024));
      data(decimal, prefix + "By", prefix + "B", prefix + "byte", prefix + "bytes");
      String big = prefix == 'k' ? "K" : String.valueOf(prefix);
      data(decimal, big + "B", big + "By", big + "bytes");
      data(binary, big + "iBy", big + "iB");
      bits(prefix + "bit", decimal.toPlainString(), big + "bit", prefix + "bits", big + "bits");
    }
    data(new BigDecimal(1024), "kiB", "kiBy");
    data("1e3", "kilobyte", "kilobytes");
    data("1e6", "megabyte", "megabytes");
    data("1e9", "gigabyte", "gigabytes");
    data("1024", "kibibyte", "kibibytes");
    data("1048576", "mebibyte", "mebibytes");
    data("1073741824", "gibibyte", "gibibytes");
    quantity("Hz", HIGHER, Map.of("Hz", "1", "kHz", "1e3", "MHz", "1e6", "GHz", "1e9"));
    quantity("W", LOWER, Map.of("W", "1", "mW", "1e-3", "uW", "1e-6", "kW", "1e3"));
    quantity("J", LOWER, Map.of("J", "1", "mJ", "1e-3", "uJ", "1e-6", "kJ", "1e3", "Wh", "3600"));
    word("W", LOWER, "1", "watt", "watts");
    word("J", LOWER, "1", "joule", "joules");
    quantity("1", null, Map.of("1", "1", "", "1", "%", "1e-2", "ratio", "1", "x", "1"));
    word("1", null, "1e-2", "percent", "pct");
    counted("operation", "op", "ops", "operations");
    counted("iteration", "iter", "iters", "iterations");
    counted("item", "items");
    counted("element", "elem", "elems", "elements");
    counted("allocation", "alloc", "allocs", "allocations");
    counted("request", "req", "reqs", "requests");
    counted("query", "queries");
    counted("transaction", "tx", "txn", "txs", "txns", "transactions");
    counted("call", "calls");
    counted("event", "events");
    counted("message", "msg", "msgs", "messages");
    counted("row", "rows");
    counted("record", "rec", "recs", "records");
    counted("frame", "frames");
    counted("token", "tok", "tokens", "toks");
    counted("image", "images", "img", "imgs");
    counted("sample", "samples");
    counted("packet", "packets", "pkt", "pkts");
    counted("flop", "flops", "flop", "floating_point_operation");
    counted("cycle", "cycles");
    counted("instruction", "instructions", "insn", "insns");
    counted("count", "counts", "#");
    counted("error", "errors", "errs");
    counted("failure", "failures", "fails");
    counted("miss", "misses");
    counted("fault", "faults");
    counted("thread", "threads");
    counted("run", "runs");
    counted("page", "pages");
    counted("file", "files");
    counted("object", "objects", "obj", "objs");
    counted("line", "lines");
    counted("key", "keys");
    counted("check", "checks");
    counted("step", "steps");
    counted("context_switch", "context_switches");
    perSecond("rps", "request");
    perSecond("qps", "query");
    perSecond("tps", "transaction");
    perSecond("iops", "operation");
    perSecond("fps", "frame");
    perSecond("flops", "flop");
    perSecond("ops", "operation");
    rateOfBits("bps", "1");
    rateOfBits("kbps", "1e3");
    rateOfBits("Kbps", "1e3");
    rateOfBits("Mbps", "1e6");
    rateOfBits("Gbps", "1e9");
  }

  private UnitTable() {}

  private static Unit unit(String symbol, String factor, @Nullable Direction better) {
    return unit(symbol, new BigDecimal(factor), ONE, better);
  }

  /** In lowest terms and whole numbers, so that powers of ten stay exact as doubles. */
  private static Unit unit(
      String symbol, BigDecimal times, BigDecimal by, @Nullable Direction better) {
    BigInteger over = numerator(times).multiply(denominator(by));
    BigInteger under = denominator(times).multiply(numerator(by));
    BigInteger shared = over.gcd(under);
    return new Unit(
        symbol, new BigDecimal(over.divide(shared)), new BigDecimal(under.divide(shared)), better);
  }

  private static BigInteger numerator(BigDecimal number) {
    return number.scale() > 0 ? number.unscaledValue() : number.toBigInteger();
  }

  private static BigInteger denominator(BigDecimal number) {
    return BigInteger.TEN.pow(Math.max(0, number.scale()));
  }

  private static void time(String symbol, String factor, String... words) {
    SYMBOLS.put(symbol, unit("s", factor, LOWER));
    word("s", LOWER, factor, words);
  }

  private static void word(
      String symbol, @Nullable Direction better, String factor, String... words) {
    for (String word : words) {
      WORDS.put(word, unit(symbol, factor, better));
    }
  }

  private static void bytes(String... words) {
    for (String word : words) {
      SYMBOLS.put(word, unit("By", "1", LOWER));
    }
    word("By", LOWER, "1", "byte", "bytes");
  }

  private static void data(BigDecimal factor, String... symbols) {
    for (String symbol : symbols) {
      SYMBOLS.put(symbol, unit("By", factor, ONE, LOWER));
    }
  }

  private static void data(String factor, String... words) {
    word("By", LOWER, factor, words);
  }

  private static void bits(String symbol, String factor, String... more) {
    Unit unit = unit("By", new BigDecimal(factor), new BigDecimal(8), LOWER);
    SYMBOLS.put(symbol, unit);
    for (String other : more) {
      SYMBOLS.put(other, unit);
    }
  }

  private static void quantity(
      String symbol, @Nullable Direction better, Map<String, String> factors) {
    factors.forEach((written, factor) -> SYMBOLS.put(written, unit(symbol, factor, better)));
  }

  private static void counted(String one, String... words) {
    COUNTED.put(one, one);
    for (String word : words) {
      COUNTED.put(word, one);
    }
  }

  private static void perSecond(String word, String counted) {
    PER_SECOND.put(word, unit("{" + counted + "}/s", "1", HIGHER));
  }

  private static void rateOfBits(String symbol, String factor) {
    SYMBOLS.put(symbol, unit("By/s", new BigDecimal(factor), new BigDecimal(8), HIGHER));
  }

  static Unit verbatim(String written) {
    return new Unit(written.isEmpty() ? "1" : written, ONE, ONE, null);
  }

  /** The unit of a text; absent when it is not known. */
  static @Nullable Unit read(String text) {
    int slash = text.lastIndexOf('/');
    if (slash >= 0) {
      return quotient(text.substring(0, slash).strip(), text.substring(slash + 1).strip());
    }
    String[] words = text.split("\\s+per\\s+|_per_");
    if (words.length == 2) {
      return quotient(words[0].strip(), words[1].strip());
    }
    return single(text);
  }

  private static @Nullable Unit quotient(String above, String below) {
    // GFLOPS is a rate by itself, and in GFLOPS/s meant as the plural.
    Unit over = above.isEmpty() ? SYMBOLS.get("1") : single(above.replace("FLOPS", "flops"));
    Unit under = below.isEmpty() ? null : single(below);
    if (over == null) {
      over = counted(above);
    }
    if (over == null || under == null) {
      return null;
    }
    if (REPEATED.contains(under.symbol())) {
      return new Unit(over.symbol(), over.times(), over.by(), over.better());
    }
    BigDecimal times = over.times().multiply(under.by());
    BigDecimal by = over.by().multiply(under.times());
    if (over.symbol().equals(under.symbol())) {
      return unit("1", times, by, null);
    }
    return unit(over.symbol() + "/" + under.symbol(), times, by, better(over, under));
  }

  private static @Nullable Direction better(Unit over, Unit under) {
    if (under.symbol().equals("s")) {
      String counted = over.symbol().replaceAll("[{}]", "");
      return TROUBLE.matcher(counted).matches() ? LOWER : HIGHER;
    }
    return over.symbol().equals("s") || over.symbol().equals("By") ? LOWER : null;
  }

  private static @Nullable Unit single(String text) {
    Unit known = SYMBOLS.get(text);
    if (known != null) {
      return known;
    }
    String lower = Unit.lower(text);
    known = WORDS.get(lower);
    if (known != null) {
      return known;
    }
    if (BRACES.matcher(text).matches()) {
      return ofCounted(text.substring(1, text.length() - 1), ONE);
    }
    if (text.equals("FLOPS") || (PER_SECOND.containsKey(lower) && !lower.endsWith("ops"))) {
      return PER_SECOND.get(lower);
    }
    if (COUNTED.containsKey(lower)) {
      return ofCounted(COUNTED.get(lower), ONE);
    }
    return prefixed(text);
  }

  /** {@code kops}, {@code GFLOPS}, {@code Mitems}. */
  private static @Nullable Unit prefixed(String text) {
    Matcher matcher = PREFIXED.matcher(text);
    if (!matcher.matches()) {
      return text.equals("iops") || text.equals("IOPS") ? PER_SECOND.get("iops") : null;
    }
    BigDecimal factor = DECIMAL.getOrDefault(matcher.group(1).charAt(0), ONE);
    String rest = matcher.group(2);
    Unit rate = PER_SECOND.get(Unit.lower(rest));
    boolean isRate = rate != null && (rest.equals("FLOPS") || !Unit.lower(rest).endsWith("ops"));
    if (isRate || Unit.lower(rest).equals("iops")) {
      return unit(rate == null ? "1" : rate.symbol(), factor, ONE, HIGHER);
    }
    String counted = COUNTED.get(Unit.lower(rest));
    return counted == null ? null : ofCounted(counted, factor);
  }

  private static Unit ofCounted(String one, BigDecimal factor) {
    Set<String> costs = Set.of("allocation", "cycle", "instruction", "context_switch");
    boolean isBad = costs.contains(one) || TROUBLE.matcher(one).matches();
    return unit("{" + one + "}", factor, ONE, isBad ? LOWER : null);
  }

  /** A plain word that is none of those known can still be counted: {@code widgets/s}. */
  private static @Nullable Unit counted(String text) {
    if (!text.matches("[A-Za-z][A-Za-z_ ]{1,40}")) {
      return null;
    }
    return ofCounted(singular(Unit.lower(text).replace(' ', '_')), ONE);
  }

  private static String singular(String word) {
    for (String ending : List.of("sses", "shes", "ches", "xes")) {
      if (word.endsWith(ending)) {
        return word.substring(0, word.length() - 2);
      }
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.endsWith("s") && !word.endsWith("ss") ? word.substring(0, word.length() - 1) : word;
  }
}
