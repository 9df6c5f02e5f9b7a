package dev.nightjar.site.telemetry;

import java.util.List;

/**
 * Lines that share a unit and stand in one plot over the run's time.
 *
 * @param title for people
 * @param metric the metric's name, as in the database
 * @param unit the UCUM unit of what is shown
 * @param stacked whether the lines are parts of a whole and stand upon one another
 * @param lines the most telling first
 * @param linesLeftOut how many more there are
 */
public record Lane(
    String title,
    String metric,
    String unit,
    boolean stacked,
    List<LaneLine> lines,
    int linesLeftOut) {
  public Lane {
    lines = List.copyOf(lines);
  }
}
