package dev.nightjar.site.telemetry;

import dev.nightjar.site.chart.Buckets;

/**
 * One line of a lane.
 *
 * @param name what tells it from the lane's other lines; empty when it is alone
 */
public record LaneLine(String name, Buckets values) {

  /** The mean over the columns that have readings; NaN when none has. */
  public double mean() {
    double sum = 0;
    int count = 0;
    for (int column = 0; column < values.size(); column++) {
      if (!values.isGap(column)) {
        sum += values.mean(column);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** The highest reading; NaN when there is none. */
  public double highest() {
    double highest = Double.NaN;
    for (int column = 0; column < values.size(); column++) {
      if (!values.isGap(column) && !(values.highest(column) <= highest)) {
        highest = values.highest(column);
      }
    }
    return highest;
  }

  /** The lowest reading; NaN when there is none. */
  public double lowest() {
    double lowest = Double.NaN;
    for (int column = 0; column < values.size(); column++) {
      if (!values.isGap(column) && !(values.lowest(column) >= lowest)) {
        lowest = values.lowest(column);
      }
    }
    return lowest;
  }
}
