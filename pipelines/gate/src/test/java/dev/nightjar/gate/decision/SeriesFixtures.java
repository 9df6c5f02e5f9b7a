package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Series and runs for tests. */
public final class SeriesFixtures {
  private static final Instant FIRST_NIGHT = Instant.parse("2026-01-01T02:00:00Z");

  private SeriesFixtures() {}

  /** What must be there. */
  public static <T> T given(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  public static Series series(String name) {
    return series(name, Direction.LOWER_IS_BETTER);
  }

  public static Series series(String name, Direction direction) {
    return new Series(
        new Benchmark(name, null, "time", "s", direction), new TreeMap<>(), Device.CPU);
  }

  static RunValues run(int night, double... values) {
    return RunValues.undisturbed(
        new UUID(0, night),
        String.format("%08x", night + 0xabc0).repeat(5),
        FIRST_NIGHT.plus(Duration.ofDays(night)),
        values);
  }

  /** Runs of five repetitions whose levels and repetitions vary as the two suppliers say. */
  static List<RunValues> runs(
      int count, double level, DoubleSupplier between, DoubleSupplier within) {
    List<RunValues> runs = new ArrayList<>();
    for (int night = 0; night < count; night++) {
      runs.add(run(night, repetitions(level, between.getAsDouble(), within)));
    }
    return runs;
  }

  static double[] repetitions(double level, double start, DoubleSupplier within) {
    double[] values = new double[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = level * Math.exp(start + within.getAsDouble());
    }
    return values;
  }

  public static DoubleSupplier normal(SplittableRandom random, double deviation) {
    return () -> deviation * random.nextGaussian();
  }

  /** Student's distribution with five degrees of freedom, scaled to the deviation. */
  public static DoubleSupplier heavyTailed(SplittableRandom random, double deviation) {
    return () -> {
      double squares = 0;
      for (int i = 0; i < 5; i++) {
        double z = random.nextGaussian();
        squares += z * z;
      }
      return deviation * Math.sqrt(3.0 / 5) * random.nextGaussian() / Math.sqrt(squares / 5);
    };
  }
}
