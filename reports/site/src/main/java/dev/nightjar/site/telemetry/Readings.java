package dev.nightjar.site.telemetry;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.site.chart.Buckets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Lays the readings of one metric into the columns of a plot. What is known between two readings
 * fills all columns between them, so that a slow sampler leaves no gaps; a pause of several times
 * its usual step does.
 */
final class Readings {
  private static final int STEPS_THAT_ARE_A_PAUSE = 4;

  private final TelemetryBatch batch;
  private final MetricForm form;
  private final double factor;
  private final long pauseMillis;

  Readings(TelemetryBatch batch, Duration resolution) {
    this.batch = batch;
    this.form = MetricForm.of(batch.metric());
    this.factor = form.factor(batch.metric().unit());
    this.pauseMillis =
        Math.max(
            STEPS_THAT_ARE_A_PAUSE * usualStepMillis(batch.epochMillis()), resolution.toMillis());
  }

  /** The readings from one moment to another, in so many columns. */
  Buckets gather(long fromMillis, long toMillis, int columns) {
    Buckets buckets = new Buckets(columns);
    double width = Math.max(1, toMillis - fromMillis);
    long[] times = batch.epochMillis();
    for (int i = 1; i < times.length; i++) {
      long step = times[i] - times[i - 1];
      double value = valueBetween(i - 1, i, step);
      if (step > 0 && step <= pauseMillis && Double.isFinite(value)) {
        int first = (int) Math.floor((times[i - 1] - fromMillis) / width * columns);
        int last = (int) Math.floor((times[i] - fromMillis) / width * columns);
        fill(
            buckets,
            first,
            Math.max(first, last - 1),
            value,
            Math.min((double) step, width / columns));
      }
    }
    return buckets;
  }

  private double valueBetween(int before, int after, long stepMillis) {
    double[] values = batch.values();
    if (!form.isCounter()) {
      return values[after];
    }
    double growth = values[after] - values[before];
    return growth < 0 ? Double.NaN : growth * factor / (stepMillis / 1000.0);
  }

  private static void fill(Buckets buckets, int first, int last, double value, double weight) {
    for (int column = Math.max(0, first); column <= Math.min(last, buckets.size() - 1); column++) {
      buckets.add((column + 0.5) / buckets.size(), value, weight);
    }
  }

  private static long usualStepMillis(long[] times) {
    if (times.length < 2) {
      return 0;
    }
    long[] steps = new long[times.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = times[i + 1] - times[i];
    }
    Arrays.sort(steps);
    return Math.max(1, steps[steps.length / 2]);
  }
}
