package dev.nightjar.site.chart;

import dev.nightjar.site.data.Timeline;
import java.util.function.IntToDoubleFunction;

/**
 * Readings gathered into as many columns as a plot can show. Each column keeps the mean, the lowest
 * and the highest of its readings, so that a spike of one reading is seen in a night of them; a
 * column without a reading stays empty.
 */
public final class Buckets {
  /** The most columns of a plot. */
  public static final int MOST = Timeline.SLOTS;

  private final double[] weights;
  private final double[] sums;
  private final double[] lows;
  private final double[] highs;

  /** So many empty columns. */
  public Buckets(int columns) {
    weights = new double[columns];
    sums = new double[columns];
    lows = new double[columns];
    highs = new double[columns];
  }

  /** Takes a reading into the column at this fraction, within [0, 1], of the plot's width. */
  public void add(double fraction, double value) {
    add(fraction, value, 1);
  }

  /**
   * Takes a reading into the column at this fraction, within [0, 1], of the plot's width.
   *
   * @param weight above 0: how much it counts in the column's mean, such as the time it stands for
   */
  public void add(double fraction, double value, double weight) {
    int column = (int) Math.clamp(fraction * weights.length, 0, weights.length - 1);
    boolean first = isGap(column);
    lows[column] = first ? value : Math.min(lows[column], value);
    highs[column] = first ? value : Math.max(highs[column], value);
    sums[column] += value * weight;
    weights[column] += weight;
  }

  /** How many columns there are. */
  public int size() {
    return weights.length;
  }

  /** Whether a column has no reading. */
  public boolean isGap(int column) {
    return weights[column] == 0;
  }

  /** The mean of a column that is no gap. */
  public double mean(int column) {
    return sums[column] / weights[column];
  }

  /** The highest of a column that is no gap. */
  public double highest(int column) {
    return highs[column];
  }

  /** The lowest of a column that is no gap. */
  public double lowest(int column) {
    return lows[column];
  }

  /** Where the middle of a column stands in the plot, from the left. */
  public int across(int column) {
    return (int) Math.round((column + 0.5) * Axis.LENGTH / weights.length);
  }

  /** A line through the columns, broken where one is a gap; a lone column is a short dash. */
  public PlotPath line(IntToDoubleFunction value, Axis axis) {
    PlotPath path = new PlotPath();
    boolean broken = true;
    for (int column = 0; column < size(); column++) {
      if (isGap(column)) {
        broken = true;
        continue;
      }
      int y = axis.down(value.applyAsDouble(column));
      if (broken) {
        path.moveTo(across(column), y).lineTo(across(column) + 1, y);
      } else {
        path.lineTo(across(column), y);
      }
      broken = false;
    }
    return path;
  }

  /** The area between two values of each column, in pieces where columns are gaps. */
  public PlotPath area(IntToDoubleFunction upper, IntToDoubleFunction lower, Axis axis) {
    PlotPath path = new PlotPath();
    int column = 0;
    while (column < size()) {
      int end = column;
      while (end < size() && !isGap(end)) {
        end++;
      }
      if (end > column) {
        piece(path, column, end, upper, lower, axis);
      }
      column = end + 1;
    }
    return path;
  }

  private void piece(
      PlotPath path,
      int from,
      int to,
      IntToDoubleFunction upper,
      IntToDoubleFunction lower,
      Axis axis) {
    path.moveTo(across(from), axis.down(upper.applyAsDouble(from)));
    for (int column = from; column < to; column++) {
      path.lineTo(across(column) + 1, axis.down(upper.applyAsDouble(column)));
    }
    for (int column = to - 1; column >= from; column--) {
      path.lineTo(across(column), axis.down(lower.applyAsDouble(column)));
    }
    path.close();
  }
}
