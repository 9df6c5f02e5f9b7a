package dev.nightjar.store.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Readings of one metric within one minute, as a row of the database holds them.
 *
 * <p>Most of what a kernel tells are whole numbers of some unit (ticks, pages, microseconds) that
 * grow slowly. So values are multiplied by the first divisor that makes all of them whole, and
 * their differences stored in 16 or else 32 bits; the server compresses the arrays. Before that is
 * chosen, every value is checked to come back bit by bit; if one does not, the values are stored as
 * they are.
 *
 * @param startedAtMillis when the first was read
 * @param endedAtMillis when the last was read
 * @param gaps milliseconds since the reading before, unsigned; the first is 0
 * @param small differences times the divisor, the first to {@code base}; or null
 * @param wide the same in 32 bits; or null
 * @param raw the values; or null
 */
@SuppressWarnings("ArrayRecordComponent") // rows on their way; never compared
record PackedReadings(
    long startedAtMillis,
    long endedAtMillis,
    double divisor,
    long base,
    short[] gaps,
    short @Nullable [] small,
    int @Nullable [] wide,
    double @Nullable [] raw) {
  /** The longest time between two readings that 16 bits hold. */
  static final int LONGEST_GAP_MILLIS = 0xffff;

  /** Multiples of pages and KiB first, as they give the smallest numbers; then parts of units. */
  private static final double[] DIVISORS = {1.0 / 4096, 1.0 / 1024, 1, 10, 100, 1e3, 1e4, 1e6, 1e9};

  private static final double LARGEST_WHOLE = 1L << 53;

  /** Packs readings whose times do not fall and lie within a minute. */
  static PackedReadings pack(long[] epochMillis, double[] values) {
    short[] gaps = gaps(epochMillis);
    long first = epochMillis[0];
    long last = epochMillis[epochMillis.length - 1];
    for (double divisor : DIVISORS) {
      long[] whole = whole(values, divisor);
      if (whole != null) {
        PackedReadings packed = differences(first, last, divisor, gaps, whole);
        if (packed != null) {
          return packed;
        }
      }
    }
    return new PackedReadings(first, last, 1, 0, gaps, null, null, values.clone());
  }

  int size() {
    return gaps.length;
  }

  long[] epochMillis() {
    long[] times = new long[gaps.length];
    long time = startedAtMillis;
    for (int i = 0; i < times.length; i++) {
      time += gaps[i] & LONGEST_GAP_MILLIS;
      times[i] = time;
    }
    return times;
  }

  double[] values() {
    if (raw != null) {
      return raw;
    }
    double[] values = new double[gaps.length];
    long whole = base;
    for (int i = 0; i < values.length; i++) {
      whole += difference(i);
      values[i] = whole / divisor;
    }
    return values;
  }

  private int difference(int index) {
    return small != null ? small[index] : wide != null ? wide[index] : 0;
  }

  private static short[] gaps(long[] epochMillis) {
    short[] gaps = new short[epochMillis.length];
    for (int i = 1; i < gaps.length; i++) {
      long gap = epochMillis[i] - epochMillis[i - 1];
      if (gap < 0 || gap > LONGEST_GAP_MILLIS) {
        throw new IllegalArgumentException("readings that are " + gap + " ms apart in one row");
      }
      gaps[i] = (short) gap;
    }
    return gaps;
  }

  /** The values times the divisor; null unless each comes back exactly. */
  private static long @Nullable [] whole(double[] values, double divisor) {
    long[] whole = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      double scaled = Math.rint(values[i] * divisor);
      if (!(Math.abs(scaled) < LARGEST_WHOLE)
          || Double.doubleToRawLongBits((long) scaled / divisor)
              != Double.doubleToRawLongBits(values[i])) {
        return null;
      }
      whole[i] = (long) scaled;
    }
    return whole;
  }

  /** Null when a difference needs more than 32 bits. */
  private static @Nullable PackedReadings differences(
      long first, long last, double divisor, short[] gaps, long[] whole) {
    int[] wide = new int[whole.length];
    short[] small = new short[whole.length];
    boolean isSmall = true;
    for (int i = 1; i < whole.length; i++) {
      long difference = whole[i] - whole[i - 1];
      if (difference != (int) difference) {
        return null;
      }
      wide[i] = (int) difference;
      small[i] = (short) difference;
      isSmall &= difference == small[i];
    }
    return isSmall
        ? new PackedReadings(first, last, divisor, whole[0], gaps, small, null, null)
        : new PackedReadings(first, last, divisor, whole[0], gaps, null, wide, null);
  }
}
