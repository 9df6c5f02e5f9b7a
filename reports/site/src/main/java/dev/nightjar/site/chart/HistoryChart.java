package dev.nightjar.site.chart;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Direction;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.words.Moments;
import java.util.List;
import java.util.Objects;

/**
 * One series against its history: the median as a line, its 95 % interval as a dark band, lowest
 * and highest as a light one, a mark where a run regressed or improved, and where the series went
 * over to another level a line between the runs with the levels on both its sides.
 *
 * <p>Runs stand at equal distances, as the question is which run changed something and not how long
 * ago. The value axis does not begin at zero, as a change of three per cent must be seen; it is
 * chosen so that one wild repetition does not flatten everything else, and a band that leaves it is
 * cut at the edge. It always holds the smallest change that counts, twice to either side and drawn
 * as a band, so that noise below it never looks like a change.
 */
public final class HistoryChart {
  private static final int FEW_ENOUGH_FOR_DOTS = 60;

  private final List<HistoryPoint> history;
  private final List<ChangePoint> changes;
  private final Direction direction;
  private final UnitScale scale;
  private final Axis axis;
  private final int columns;

  /** The smallest change that counts, in the unit of the values. */
  private final double least;

  /** The chart of a series with at least one point, with at most so many columns. */
  public HistoryChart(SeriesResult result, UnitScale scale, int mostColumns) {
    this.history = result.comparison().points();
    this.changes = result.changes();
    this.direction = result.series().benchmark().direction();
    this.scale = scale;
    this.least = result.comparison().smallestEffect() * Math.abs(level(history));
    this.axis = valueAxis(history, least);
    this.columns = Math.min(history.size(), Math.min(mostColumns, Buckets.MOST));
  }

  /** Writes the chart; the id must be unique in the page. */
  public void write(Markup html, String id, String title) {
    html.in(
        "div",
        at("class", "plot"),
        () -> {
          label(html, "y-high", scale.formatShort(axis.high()));
          drawing(html, id, title);
          label(html, "y-low", scale.formatShort(axis.low()));
        });
    html.in("div", at("class", "x-axis", "aria-hidden", "true"), () -> ends(html));
  }

  private void ends(Markup html) {
    html.leaf("span", firstDay());
    html.leaf("span", history.size() + (history.size() == 1 ? " run" : " runs"));
    html.leaf("span", lastDay());
  }

  private String firstDay() {
    return Moments.dayApartFrom(history.getFirst().startedAt(), history.getLast().startedAt());
  }

  private String lastDay() {
    return Moments.dayApartFrom(history.getLast().startedAt(), history.getFirst().startedAt());
  }

  private static void label(Markup html, String place, String text) {
    html.leaf("span", at("class", "y " + place, "aria-hidden", "true"), text);
  }

  private void drawing(Markup html, String id, String title) {
    html.in(
        "svg",
        at(
            "viewBox",
            "0 0 1000 1000",
            "preserveAspectRatio",
            "none",
            "role",
            "img",
            "aria-labelledby",
            id + "-t " + id + "-d"),
        () -> {
          html.leaf("title", at("id", id + "-t"), title);
          html.leaf("desc", at("id", id + "-d"), description());
          shape(html, "least", least());
          shape(html, "band-range", range());
          shape(html, "band-sure", sure());
          shape(html, "line", medians());
          if (history.size() <= FEW_ENOUGH_FOR_DOTS) {
            shape(html, "dots", dots());
          }
          changePoints(html);
          marks(html);
        });
  }

  /** What lies no farther from the level before than a change that does not count. */
  private PlotPath least() {
    PlotPath path = new PlotPath();
    if (least > 0) {
      int top = axis.down(level(history) + least);
      int bottom = axis.down(level(history) - least);
      path.moveTo(0, top).lineTo(Axis.LENGTH, top).lineTo(Axis.LENGTH, bottom).lineTo(0, bottom);
    }
    return path;
  }

  /** Of the runs before this one, or of this one where it is alone. */
  private static double level(List<HistoryPoint> history) {
    double[] before =
        history.stream()
            .limit(Math.max(1, history.size() - 1))
            .mapToDouble(HistoryPoint::median)
            .sorted()
            .toArray();
    return before[before.length / 2];
  }

  private static void shape(Markup html, String kind, PlotPath path) {
    if (!path.isEmpty()) {
      html.empty("path", at("class", kind, "d", path.d()));
    }
  }

  private Buckets gather() {
    return new Buckets(columns);
  }

  private double fraction(int run) {
    return (run + 0.5) / history.size();
  }

  private int across(int run) {
    return (int) Math.round(fraction(run) * Axis.LENGTH);
  }

  private PlotPath range() {
    Buckets buckets = gather();
    for (int run = 0; run < history.size(); run++) {
      buckets.add(fraction(run), history.get(run).min());
      buckets.add(fraction(run), history.get(run).max());
    }
    return buckets.area(buckets::highest, buckets::lowest, axis);
  }

  private PlotPath sure() {
    Buckets buckets = gather();
    for (int run = 0; run < history.size(); run++) {
      HistoryPoint point = history.get(run);
      if (point.medianLow() != null && point.medianHigh() != null) {
        buckets.add(fraction(run), Objects.requireNonNull(point.medianLow()));
        buckets.add(fraction(run), Objects.requireNonNull(point.medianHigh()));
      }
    }
    return buckets.area(buckets::highest, buckets::lowest, axis);
  }

  private PlotPath medians() {
    Buckets buckets = gather();
    for (int run = 0; run < history.size(); run++) {
      buckets.add(fraction(run), history.get(run).median());
    }
    return buckets.line(buckets::mean, axis);
  }

  private PlotPath dots() {
    PlotPath path = new PlotPath();
    for (int run = 0; run < history.size() - 1; run++) {
      path.dot(across(run), axis.down(history.get(run).median()));
    }
    return path;
  }

  /** Each change stands between the last run of one level and the first of the next. */
  private void changePoints(Markup html) {
    for (int i = 0; i < changes.size(); i++) {
      ChangePoint change = changes.get(i);
      int at = boundary(change.index());
      int from = i == 0 ? 0 : boundary(changes.get(i - 1).index());
      int to = i + 1 < changes.size() ? boundary(changes.get(i + 1).index()) : Axis.LENGTH;
      PlotPath path = new PlotPath();
      path.moveTo(from, axis.down(change.before())).lineTo(at, axis.down(change.before()));
      path.lineTo(at, axis.down(change.after())).lineTo(to, axis.down(change.after()));
      html.empty("path", at("class", "step " + ChangeWords.kind(change, direction), "d", path.d()));
    }
  }

  private int boundary(int run) {
    return (int) Math.round((double) run / history.size() * Axis.LENGTH);
  }

  /** This run's point, and those of runs that changed something. */
  private void marks(Markup html) {
    for (int run = 0; run < history.size(); run++) {
      HistoryPoint point = history.get(run);
      boolean last = run == history.size() - 1;
      VerdictKind verdict = point.verdict();
      boolean changed = verdict == VerdictKind.REGRESSED || verdict == VerdictKind.IMPROVED;
      if (changed) {
        String line = "M" + across(run) + " 0v" + Axis.LENGTH;
        html.empty(
            "path", at("class", "change v-" + Objects.requireNonNull(verdict).word(), "d", line));
      }
      if (changed || last) {
        String kind = verdict == null ? "new" : verdict.word();
        String dot = new PlotPath().dot(across(run), axis.down(point.median())).d();
        html.empty("path", at("class", (last ? "now" : "mark") + " v-" + kind, "d", dot));
      }
    }
  }

  private String description() {
    HistoryPoint last = history.getLast();
    StringBuilder words = new StringBuilder();
    words.append("Median of ").append(history.size());
    words.append(history.size() == 1 ? " run" : " runs");
    words.append(": from ").append(scale.format(history.getFirst().median()));
    words.append(" on ").append(firstDay());
    words.append(" to ").append(scale.format(last.median()));
    words.append(" on ").append(lastDay());
    long judged =
        history.stream()
            .filter(
                p -> p.verdict() == VerdictKind.REGRESSED || p.verdict() == VerdictKind.IMPROVED)
            .count();
    words.append(judged == 0 ? "." : "; " + judged + " judged as changed.");
    for (ChangePoint change : changes) {
      words.append(' ').append(ChangeWords.sentence(change, history, scale));
    }
    return words.toString();
  }

  /** So wide that the smallest change that counts is a fourth of it at most. */
  private static Axis valueAxis(List<HistoryPoint> history, double least) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (HistoryPoint point : history) {
      low = Math.min(low, point.median());
      high = Math.max(high, point.median());
      lowest = Math.min(lowest, point.min());
      highest = Math.max(highest, point.max());
    }
    double room = Math.max(high - low, Math.max(Math.abs(high), Math.abs(low)) * 0.02);
    return Axis.around(
        Math.min(Math.max(lowest, low - room), level(history) - 2 * least),
        Math.max(Math.min(highest, high + room), level(history) + 2 * least));
  }
}
