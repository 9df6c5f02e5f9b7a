package dev.nightjar.gate.statistics;

import java.util.List;

/**
 * The scale on which values are compared. Positive values are compared by ratio, so in logarithms;
 * a series that holds a zero or a negative value by difference, relative to the baseline's
 * magnitude.
 */
public enum Scale {
  RATIO {
    @Override
    public double of(double value) {
      return Math.log(value);
    }

    @Override
    public double effect(double difference, double baseline) {
      return Math.expm1(difference);
    }

    @Override
    public double back(double level) {
      return Math.exp(level);
    }
  },
  DIFFERENCE {
    @Override
    public double of(double value) {
      return value;
    }

    @Override
    public double effect(double difference, double baseline) {
      return difference / Math.abs(baseline);
    }

    @Override
    public double back(double level) {
      return level;
    }
  };

  /** The value on this scale. */
  public abstract double of(double value);

  /** The relative change that a difference of two levels is. */
  public abstract double effect(double difference, double baseline);

  /** The value of a level. */
  public abstract double back(double level);

  static Scale fitting(List<RunValues> earlier, RunValues current) {
    boolean isPositive = isPositive(current);
    for (RunValues run : earlier) {
      isPositive &= isPositive(run);
    }
    return isPositive ? RATIO : DIFFERENCE;
  }

  private static boolean isPositive(RunValues run) {
    for (double value : run.values()) {
      if (value <= 0) {
        return false;
      }
    }
    return true;
  }
}
