package dev.nightjar.viewer;

import dev.nightjar.model.unit.UnitScale;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the viewer shows beside a history.
 *
 * @param repositoryName for people
 * @param writtenAt when the site was written
 * @param runs those on the site, as marks in time
 * @param benchmarks what is drawn as ribbons, the most important first
 * @param telemetry of the reported run
 * @param suspects commits that may have made something slower
 */
public record ViewerContents(
    String repositoryName,
    Instant writtenAt,
    List<RunMark> runs,
    List<Ribbon> benchmarks,
    Telemetry telemetry,
    List<Suspect> suspects) {
  public ViewerContents {
    suspects = List.copyOf(suspects);
    runs = List.copyOf(runs);
    benchmarks = List.copyOf(benchmarks);
  }

  /**
   * A commit that is suspected.
   *
   * @param commit its id in hex
   * @param of what, for people
   */
  public record Suspect(String commit, String of) {}

  /** A run on the site. */
  public record RunMark(Instant startedAt, String id) {}

  /**
   * A series over its runs.
   *
   * @param detail what tells it from others of the name
   * @param scale in which its values are shown, everywhere the same
   * @param direction which way is better, as a word
   * @param verdict of the reported run, as a word; empty when there is none
   */
  public record Ribbon(
      String name,
      String detail,
      UnitScale scale,
      String direction,
      String verdict,
      List<Point> points) {
    public Ribbon {
      points = List.copyOf(points);
    }
  }

  /**
   * A run's median with its interval, in the ribbon's unit.
   *
   * @param verdict of that run, as a word; empty when there is none
   * @param commit what it measured, in hex; absent when unknown
   */
  public record Point(
      Instant startedAt,
      double median,
      double low,
      double high,
      String verdict,
      @Nullable String commit) {}

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
