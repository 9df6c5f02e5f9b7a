package dev.nightjar.model.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
  /** What is written, one of it in the canonical unit, and which way is better. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          s, 1, s, lower
          ms, 0.001, s, lower
          µs, 0.000001, s, lower
          μs, 0.000001, s, lower
          us, 0.000001, s, lower
          ns, 0.000000001, s, lower
          milliseconds, 0.001, s, lower
          Seconds, 1, s, lower
          nanoseconds (ns), 0.000000001, s, lower
          min, 60, s, lower
          h, 3600, s, lower
          ns/op, 0.000000001, s, lower
          us/iter, 0.000001, s, lower
          s/{operation}, 1, s, lower
          ms/req, 0.001, s/{request}, lower
          ops/s, 1, {operation}/s, higher
          ops/sec, 1, {operation}/s, higher
          ops/ms, 1000, {operation}/s, higher
          ops/us, 1000000, {operation}/s, higher
          ops/min, 0.016666666666666666, {operation}/s, higher
          {operation}/ms, 1000, {operation}/s, higher
          kops/s, 1000, {operation}/s, higher
          operations per second, 1, {operation}/s, higher
          iter/sec, 1, {iteration}/s, higher
          requests/s, 1, {request}/s, higher
          req/s, 1, {request}/s, higher
          rps, 1, {request}/s, higher
          IOPS, 1, {operation}/s, higher
          fps, 1, {frame}/s, higher
          tokens/s, 1, {token}/s, higher
          widgets/s, 1, {widget}/s, higher
          errors/s, 1, {error}/s, lower
          cache misses/s, 1, {cache_miss}/s, lower
          By, 1, By, lower
          B, 1, By, lower
          bytes, 1, By, lower
          kB, 1000, By, lower
          KB, 1000, By, lower
          KiB, 1024, By, lower
          MiBy, 1048576, By, lower
          GB, 1000000000, By, lower
          B/op, 1, By, lower
          MB/s, 1000000, By/s, higher
          MB/sec, 1000000, By/s, higher
          GiB/s, 1073741824, By/s, higher
          GBy/s, 1000000000, By/s, higher
          bytes/second, 1, By/s, higher
          Gbit/s, 125000000, By/s, higher
          Mbps, 125000, By/s, higher
          By/{request}, 1, By/{request}, lower
          allocs/op, 1, {allocation}, lower
          GFLOPS, 1000000000, {flop}/s, higher
          GFLOP/s, 1000000000, {flop}/s, higher
          GFLOPS/s, 1000000000, {flop}/s, higher
          MHz, 1000000, Hz, higher
          mJ, 0.001, J, lower
          Wh, 3600, J, lower
          %, 0.01, 1,
          1, 1, 1,
          '', 1, 1,
          {item}, 1, {item},
          cycles, 1, {cycle}, lower
          score, 1, score,
          m/s, 1, m/s,
          """)
  void knowsWhatToolsAndPeopleWrite(String written, double one, String symbol, String better) {
    Unit unit = Unit.of(written);
    assertEquals(symbol, unit.symbol());
    assertEquals(one, unit.canonical(1.0));
    assertEquals(better, unit.better() == null ? null : unit.better().word());
    assertEquals(symbol, Unit.of(symbol).symbol(), "the canonical unit stands for itself");
    assertEquals(2.5, Unit.of(symbol).canonical(2.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1500", "0.1", "3.7", "123456.789", "1e-3", "7", "9007199254740993"})
  void theSameNumberInAnotherUnitIsTheSameDouble(String nanos) {
    double written = Double.parseDouble(nanos);
    double seconds =
        new java.math.BigDecimal(Double.toString(written)).movePointLeft(9).doubleValue();
    double micros =
        new java.math.BigDecimal(Double.toString(written)).movePointLeft(3).doubleValue();
    assertEquals(seconds, Unit.of("ns").canonical(written));
    assertEquals(seconds, Unit.of("us").canonical(micros), 0.0);
  }

  @Test
  void isShownInTheMultipleThatReadsBest() {
    assertEquals("1.5 us", Unit.text(1.5e-6, "s"));
    assertEquals("250 ms", Unit.text(0.25, "s"));
    assertEquals("1 KiB", Unit.text(1024, "By"));
    assertEquals("18.63 GiB/s", Unit.text(2e10, "By/s"));
    assertEquals("62.78 M operations/s", Unit.text(62_781_022, "{operation}/s"));
    assertEquals("0.4200", Unit.text(0.42, "1"));
  }

  @Test
  void numbersReadAsTheFormatterHasThem() {
    Random random = new Random(31);
    for (int i = 0; i < 20_000; i++) {
      double size =
          switch (i % 4) {
            case 0 -> random.nextInt(1, 100_000) / 1000.0; // as reports print it
            case 1 -> random.nextInt(1, 100_000) / 128.0; // short, and in the middle of two
            default -> Math.pow(10, random.nextDouble(-5.5, 5));
          };
      double value = random.nextBoolean() ? size : -size;
      if (value == Math.rint(value)) {
        continue;
      }
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN));
      String expected =
          rounded.scale() > 0
              ? String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded)
              : String.format(Locale.ROOT, "%,d", rounded.toBigInteger());
      assertEquals(expected, new UnitScale(1, "").formatBare(value));
    }
    assertEquals("0", new UnitScale(1, "").formatBare(-0.0));
    assertEquals("-999", new UnitScale(1, "").formatBare(-999));
    assertEquals("1,000", new UnitScale(1, "").formatBare(1000));
  }
}
