package dev.nightjar.store.telemetry;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.Arrays;
import java.util.Optional;

/**
 * Of the readings of one metric, those that a drawing of them needs. Time is cut into slots, and of
 * each are kept the first and the last reading, the lowest and the highest with their neighbours,
 * and the two between which it rose and fell most steeply: after U. Jugel et al., M4: A
 * Visualization-Oriented Time Series Data Aggregation, VLDB 2014, and for counters, of which the
 * slope is shown, the same for their slope. A slot with no more readings than that is kept whole.
 *
 * <p>Readings come in the order of time; those of a slot are held until it is over.
 */
public final class ThinnedReadings {
  /** What is kept of a slot at the most. */
  public static final int MOST_OF_SLOT = 12;

  private final long fromMillis;
  private final double slotMillis;
  private final Readings kept = new Readings();
  private final Readings slot = new Readings();
  private long slotNumber = -1;

  ThinnedReadings(long fromMillis, double slotMillis) {
    this.fromMillis = fromMillis;
    this.slotMillis = slotMillis;
  }

  void add(long epochMillis, double value) {
    long number = (long) Math.floor((epochMillis - fromMillis) / slotMillis);
    if (number != slotNumber) {
      endSlot();
      slotNumber = number;
    }
    slot.add(epochMillis, value);
  }

  /** What is kept; absent when there was no reading. */
  Optional<TelemetryBatch> batch(TelemetryMetric metric) {
    endSlot();
    return kept.size == 0
        ? Optional.empty()
        : Optional.of(
            new TelemetryBatch(
                metric,
                Arrays.copyOf(kept.epochMillis, kept.size),
                Arrays.copyOf(kept.values, kept.size)));
  }

  private void endSlot() {
    boolean[] isTelling = slot.telling();
    for (int i = 0; i < isTelling.length; i++) {
      if (isTelling[i]) {
        kept.add(slot.epochMillis[i], slot.values[i]);
      }
    }
    slot.size = 0;
  }

  private static final class Readings {
    private long[] epochMillis = new long[MOST_OF_SLOT];
    private double[] values = new double[MOST_OF_SLOT];
    private int size;

    void add(long time, double value) {
      if (size == values.length) {
        epochMillis = Arrays.copyOf(epochMillis, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      epochMillis[size] = time;
      values[size++] = value;
    }

    boolean[] telling() {
      boolean[] isTelling = new boolean[size];
      if (size <= MOST_OF_SLOT) {
        Arrays.fill(isTelling, true);
        return isTelling;
      }
      int lowest = 0;
      int highest = 0;
      int steepestFall = 1;
      int steepestRise = 1;
      for (int i = 1; i < size; i++) {
        lowest = values[i] < values[lowest] ? i : lowest;
        highest = values[i] > values[highest] ? i : highest;
        steepestFall = slope(i) < slope(steepestFall) ? i : steepestFall;
        steepestRise = slope(i) > slope(steepestRise) ? i : steepestRise;
      }
      Arrays.fill(isTelling, Math.max(0, lowest - 1), Math.min(size, lowest + 2), true);
      Arrays.fill(isTelling, Math.max(0, highest - 1), Math.min(size, highest + 2), true);
      Arrays.fill(isTelling, steepestFall - 1, steepestFall + 1, true);
      Arrays.fill(isTelling, steepestRise - 1, steepestRise + 1, true);
      isTelling[0] = true;
      isTelling[size - 1] = true;
      return isTelling;
    }

    /** From the reading before; of readings of the same millisecond, as if they were one apart. */
    private double slope(int index) {
      long step = Math.max(1, epochMillis[index] - epochMillis[index - 1]);
      return (values[index] - values[index - 1]) / step;
    }
  }
}
