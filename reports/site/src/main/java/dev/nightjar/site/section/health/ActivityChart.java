package dev.nightjar.site.section.health;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.chart.Axis;
import dev.nightjar.site.chart.LegendKey;
import dev.nightjar.site.chart.PlotPath;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.Moments;
import dev.nightjar.store.report.MonthLine;
import java.util.List;

/** Commits by month as bars, merges as their darker foot, authors as a line over them. */
final class ActivityChart {
  private static final int MOST_MONTHS = 120;

  private final List<MonthLine> months;
  private final Axis commits;
  private final Axis authors;

  /** The chart of at least one month, the oldest first; of very many the newest are drawn. */
  ActivityChart(List<MonthLine> months) {
    this.months = months.subList(Math.max(0, months.size() - MOST_MONTHS), months.size());
    this.commits =
        Axis.fromZero(this.months.stream().mapToDouble(MonthLine::commits).max().orElse(1));
    this.authors = Axis.fromZero(this.months.stream().mapToInt(MonthLine::authors).max().orElse(1));
  }

  /** Writes the chart and its table; the id must be unique in the page. */
  void write(Markup html, String id) {
    html.in(
        "p",
        at("class", "legend"),
        () -> {
          LegendKey.write(html, "commits", LegendKey.AREA, "commits, at most " + most());
          LegendKey.write(html, "merges", LegendKey.AREA, "merges among them");
          LegendKey.write(html, "authors", LegendKey.LINE, "authors, at most " + mostAuthors());
        });
    html.in("div", at("class", "plot activity-plot"), () -> drawing(html, id));
    html.in(
        "div",
        at("class", "x-axis", "aria-hidden", "true"),
        () -> {
          html.leaf("span", Moments.month(months.getFirst().month()));
          html.leaf("span", Moments.month(months.getLast().month()));
        });
    html.in("details", () -> table(html));
  }

  private void drawing(Markup html, String id) {
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
            id + "-t"),
        () -> {
          html.leaf(
              "title",
              at("id", id + "-t"),
              "Commits, merges and authors in " + months.size() + " months");
          html.empty("path", at("class", "commits", "d", bars(true).d()));
          html.empty("path", at("class", "merges", "d", bars(false).d()));
          html.empty("path", at("class", "authors", "d", people().d()));
        });
  }

  private PlotPath bars(boolean all) {
    PlotPath path = new PlotPath();
    double step = (double) Axis.LENGTH / months.size();
    for (int i = 0; i < months.size(); i++) {
      MonthLine month = months.get(i);
      int left = (int) (i * step + step * 0.1);
      int right = Math.max(left + 1, (int) (i * step + step * 0.9));
      int top = commits.down((double) (all ? month.commits() : month.merges()));
      path.moveTo(left, Axis.LENGTH).lineTo(left, top).lineTo(right, top);
      path.lineTo(right, Axis.LENGTH).close();
    }
    return path;
  }

  private PlotPath people() {
    PlotPath path = new PlotPath();
    for (int i = 0; i < months.size(); i++) {
      int x = (int) Math.round((i + 0.5) * Axis.LENGTH / months.size());
      int y = authors.down(months.get(i).authors());
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    return path;
  }

  private void table(Markup html) {
    html.leaf("summary", "Table of months");
    Tables.write(
        html,
        "Activity by month",
        List.of(
            Column.words("Month"),
            Column.number("Commits"),
            Column.number("Merges"),
            Column.number("Authors")),
        () -> months.reversed().forEach(month -> row(html, month)));
  }

  private static void row(Markup html, MonthLine month) {
    Tables.row(
        html,
        () -> {
          html.leaf("th", at("scope", "row"), Moments.month(month.month()));
          Tables.number(html, String.valueOf(month.commits()));
          Tables.number(html, String.valueOf(month.merges()));
          Tables.number(html, String.valueOf(month.authors()));
        });
  }

  private long most() {
    return months.stream().mapToLong(MonthLine::commits).max().orElse(0);
  }

  private int mostAuthors() {
    return months.stream().mapToInt(MonthLine::authors).max().orElse(0);
  }
}
