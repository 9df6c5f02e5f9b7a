package dev.nightjar.viewer;

import java.time.Instant;
import java.util.List;

/**
 * What the viewer shows beside a history.
 *
 * @param repositoryName for people
 * @param writtenAt when the site was written
 * @param runs those on the site, as marks in time
 * @param benchmarks what is drawn as ribbons, the most important first
 * @param telemetry of the reported run
 */
public record ViewerContents(
    String repositoryName,
    Instant writtenAt,
    List<RunMark> runs,
    List<Ribbon> benchmarks,
    Telemetry telemetry) {
  public ViewerContents {
    runs = List.copyOf(runs);
    benchmarks = List.copyOf(benchmarks);
  }

  /** A run on the site. */
  public record RunMark(Instant startedAt, String id) {}

  /**
   * A series over its runs.
   *
   * @param detail what tells it from others of the name
   * @param unit in UCUM
   * @param direction which way is better, as a word
   * @param verdict of the reported run, as a word; empty when there is none
   */
  public record Ribbon(
      String name,
      String detail,
      String unit,
      String direction,
      String verdict,
      List<Point> points) {
    public Ribbon {
      points = List.copyOf(points);
    }
  }

  /** A run's median with its interval, in the ribbon's unit. */
  public record Point(Instant startedAt, double median, double low, double high) {}

  /** Rows over one span of time. */
  public record Telemetry(Instant from, Instant to, List<Row> rows) {
    public Telemetry {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A metric.
   *
   * @param lowest of all readings, in the unit; NaN when there is none
   * @param highest as lowest
   * @param means of equal parts of the time; NaN where nothing was read
   */
  public record Row(String name, String unit, double lowest, double highest, List<Double> means) {
    public Row {
      means = List.copyOf(means);
    }
  }
}
