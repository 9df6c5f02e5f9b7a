package dev.nightjar.model.telemetry;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What the machine did between the start and the end of one repetition, by indicator: what was read
 * exactly at both ends and, where it was asked, what the telemetry tells of the time between. A
 * reading that could not be taken is absent, never zero.
 */
@SuppressWarnings("EnumOrdinal") // a place in memory alone; an EnumMap is three times as large
public final class BoundaryReadings {
  private static final String NONE = "-";
  private static final Indicator[] INDICATORS = Indicator.values();

  /** No reading could be taken. */
  public static final BoundaryReadings ABSENT = new BoundaryReadings(0, new long[0]);

  /** A bit for each indicator that was read, by its ordinal. */
  private final long present;

  /** Of those alone, in their order: mostly thousands of these are held. */
  private final long[] values;

  private BoundaryReadings(long present, long[] values) {
    this.present = present;
    this.values = values;
  }

  /** The reading; empty where it could not be taken. */
  public OptionalLong of(Indicator indicator) {
    return has(indicator) ? OptionalLong.of(values[place(indicator)]) : OptionalLong.empty();
  }

  /** Whether it was taken. */
  public boolean has(Indicator indicator) {
    return (present & bit(indicator)) != 0;
  }

  /** Whether none was taken. */
  public boolean isEmpty() {
    return present == 0;
  }

  private int place(Indicator indicator) {
    return Long.bitCount(present & (bit(indicator) - 1));
  }

  private static long bit(Indicator indicator) {
    return 1L << indicator.ordinal();
  }

  /** These and one more, which takes the place of one of its kind. */
  public BoundaryReadings with(Indicator indicator, long value) {
    return with().put(indicator, value).build();
  }

  /** Those of them that were read at the ends of the repetition. */
  public BoundaryReadings atBoundaries() {
    Builder kept = builder();
    for (Indicator indicator : Indicator.atBoundaries()) {
      if (has(indicator)) {
        kept.put(indicator, values[place(indicator)]);
      }
    }
    return kept.build();
  }

  /** Begins with these. */
  public Builder with() {
    Builder builder = builder();
    for (Indicator indicator : INDICATORS) {
      if (has(indicator)) {
        builder.put(indicator, values[place(indicator)]);
      }
    }
    return builder;
  }

  /** Begins with none. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BoundaryReadings readings
        && present == readings.present
        && Arrays.equals(values, readings.values);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(present) + Arrays.hashCode(values);
  }

  /** As {@code name=value} with commas between; {@code -} when there is none. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",").setEmptyValue(NONE);
    for (Indicator indicator : INDICATORS) {
      if (has(indicator)) {
        text.add(indicator.word() + "=" + values[place(indicator)]);
      }
    }
    return text.toString();
  }

  /**
   * What {@link #toString} wrote, with nothing of indicators that are not known here.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static BoundaryReadings parse(String text) {
    Builder readings = builder();
    for (String one : text.equals(NONE) ? new String[0] : text.split(",", -1)) {
      String[] sides = one.split("=", 2);
      if (sides.length != 2) {
        throw new IllegalArgumentException("'" + one + "' is no reading");
      }
      long value = Long.parseLong(sides[1]);
      Indicator.named(sides[0]).ifPresent(indicator -> readings.put(indicator, value));
    }
    return readings.build();
  }

  /** Takes readings one by one. */
  public static final class Builder {
    private final long[] all = new long[INDICATORS.length];
    private long present;

    private Builder() {}

    public Builder put(Indicator indicator, long value) {
      all[indicator.ordinal()] = value;
      present |= bit(indicator);
      return this;
    }

    /** Nothing where the reading is absent. */
    public Builder put(Indicator indicator, OptionalLong value) {
      value.ifPresent(read -> put(indicator, read));
      return this;
    }

    public BoundaryReadings build() {
      if (present == 0) {
        return ABSENT;
      }
      long[] values = new long[Long.bitCount(present)];
      int count = 0;
      for (int i = 0; i < all.length; i++) {
        if ((present & 1L << i) != 0) {
          values[count++] = all[i];
        }
      }
      return new BoundaryReadings(present, values);
    }
  }
}
