package dev.nightjar.site.telemetry;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Attributes;
import dev.nightjar.markup.Markup;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.chart.Axis;
import dev.nightjar.site.chart.Buckets;
import dev.nightjar.site.chart.PlotPath;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.NoiseMark;
import dev.nightjar.site.data.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * One lane over the run's time, with the benchmarks' windows shaded behind it and a strip at its
 * head where the machine disturbed a repetition.
 */
public final class LaneChart {
  private static final int NOISE_HEIGHT = 70;

  private final Lanes lanes;
  private final Lane lane;
  private final List<BenchmarkWindow> windows;
  private final List<NoiseMark> noise;
  private final Axis axis;
  private final UnitScale scale;

  /** The chart of one of the lanes of a run's time line. */
  public LaneChart(Lanes lanes, Lane lane, Timeline timeline) {
    this.lanes = lanes;
    this.lane = lane;
    this.windows = timeline.windows();
    this.noise = timeline.noise();
    this.axis = axis(lane);
    this.scale = UnitScale.of(lane.unit(), Math.max(Math.abs(axis.high()), Math.abs(axis.low())));
  }

  /** The scale in which the lane's numbers read best. */
  public UnitScale scale() {
    return scale;
  }

  /** Writes the chart; the id must be unique in the page. */
  public void write(Markup html, String id) {
    html.in(
        "div",
        at("class", "plot lane-plot"),
        () -> {
          html.leaf("span", at("class", "y y-high", "aria-hidden", "true"), end(axis.high()));
          html.in("svg", frame(id), () -> drawing(html, id));
          html.leaf("span", at("class", "y y-low", "aria-hidden", "true"), end(axis.low()));
        });
  }

  private static Attributes frame(String id) {
    return at(
        "viewBox",
        "0 0 1000 1000",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-labelledby",
        id + "-t " + id + "-d");
  }

  private String end(double value) {
    return scale.formatShort(value);
  }

  private void drawing(Markup html, String id) {
    html.leaf("title", at("id", id + "-t"), lane.title());
    html.leaf("desc", at("id", id + "-d"), description());
    windows.forEach(window -> shade(html, window));
    if (lane.stacked()) {
      stack(html);
    } else {
      lines(html);
    }
    if (!noise.isEmpty()) {
      html.empty("path", at("class", "noise", "d", noise().d()));
    }
  }

  /** Disturbed spans; those that touch at this width are one. */
  private PlotPath noise() {
    PlotPath path = new PlotPath();
    int from = -1;
    int to = -1;
    for (NoiseMark mark : noise) { // the earliest first
      int left = across(mark.from());
      int right = Math.max(left + 2, across(mark.to()));
      if (from >= 0 && left > to) {
        bar(path, from, to);
        from = left;
        to = right;
      } else {
        from = from < 0 ? left : from;
        to = Math.max(to, right);
      }
    }
    bar(path, from, to);
    return path;
  }

  private static void bar(PlotPath path, int from, int to) {
    path.moveTo(from, 0).lineTo(to, 0).lineTo(to, NOISE_HEIGHT).lineTo(from, NOISE_HEIGHT).close();
  }

  private void shade(Markup html, BenchmarkWindow window) {
    int left = across(window.from());
    int width = Math.max(1, across(window.to()) - left);
    html.in(
        "rect",
        at("class", "window", "x", left + "", "width", width + "", "y", "0", "height", "1000"),
        () -> html.leaf("title", window.benchmark()));
  }

  private int across(Instant moment) {
    double span = Math.max(1, lanes.to().toEpochMilli() - lanes.from().toEpochMilli());
    double fraction = (moment.toEpochMilli() - lanes.from().toEpochMilli()) / span;
    return (int) Math.round(Math.clamp(fraction, 0, 1) * Axis.LENGTH);
  }

  private void lines(Markup html) {
    for (int i = lane.lines().size() - 1; i >= 0; i--) {
      Buckets values = lane.lines().get(i).values();
      String range = values.area(values::highest, values::lowest, axis).d();
      html.empty("path", at("class", "spread c" + i, "d", range));
      html.empty("path", at("class", "trace c" + i, "d", values.line(values::mean, axis).d()));
    }
  }

  /** Each line's area stands upon the sum of those before it. */
  private void stack(Markup html) {
    int columns = lane.lines().getFirst().values().size();
    double[] below = new double[columns];
    for (int i = 0; i < lane.lines().size(); i++) {
      Buckets values = lane.lines().get(i).values();
      double[] base = below.clone();
      IntToDoubleFunction top = column -> base[column] + values.mean(column);
      String area = values.area(top, column -> base[column], axis).d();
      html.empty("path", at("class", "stack c" + i, "d", area));
      for (int column = 0; column < columns; column++) {
        below[column] += values.isGap(column) ? 0 : values.mean(column);
      }
    }
  }

  private String description() {
    StringBuilder words = new StringBuilder();
    for (LaneLine line : lane.lines()) {
      words.append(line.name().isEmpty() ? lane.title() : line.name());
      words.append(": mean ").append(scale.format(line.mean()));
      words.append(", highest ").append(scale.format(line.highest())).append(". ");
    }
    return words.toString().strip();
  }

  /** From zero, except for levels that stay far from it, such as a frequency. */
  private static Axis axis(Lane lane) {
    double highest = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (LaneLine line : lane.lines()) {
      highest = Math.max(highest, line.highest());
      lowest = Math.min(lowest, line.lowest());
      sum += line.highest();
    }
    if (lane.stacked()) {
      return Axis.fromZero(highestStack(lane, sum));
    }
    return lowest < 0 ? Axis.around(lowest, highest) : Axis.fromZero(highest);
  }

  private static double highestStack(Lane lane, double atMost) {
    double highest = 0;
    int columns = lane.lines().getFirst().values().size();
    for (int column = 0; column < columns; column++) {
      double total = 0;
      for (LaneLine line : lane.lines()) {
        total += line.values().isGap(column) ? 0 : line.values().mean(column);
      }
      highest = Math.max(highest, total);
    }
    return Math.min(highest, atMost);
  }
}
