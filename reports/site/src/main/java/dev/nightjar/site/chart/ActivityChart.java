package dev.nightjar.site.chart;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.RepositoryHealth.ActivityMonth;
import dev.nightjar.site.words.Moments;
import java.util.List;

/** Commits by month as bars, merges as their darker foot, authors as a line over them. */
public final class ActivityChart {
  private static final int MOST_MONTHS = 120;

  private final List<ActivityMonth> months;
  private final Axis commits;
  private final Axis authors;

  /** The chart of at least one month, the oldest first; of very many the newest are drawn. */
  public ActivityChart(List<ActivityMonth> months) {
    this.months = months.subList(Math.max(0, months.size() - MOST_MONTHS), months.size());
    this.commits =
        Axis.fromZero(this.months.stream().mapToDouble(ActivityMonth::commits).max().orElse(1));
    this.authors =
        Axis.fromZero(this.months.stream().mapToInt(ActivityMonth::authors).max().orElse(1));
  }

  /** Writes the chart and its table; the id must be unique in the page. */
  public void write(Markup html, String id) {
    html.in(
        "p",
        at("class", "legend"),
        () -> {
          key(html, "commits", "commits, at most " + most());
          key(html, "merges", "merges among them");
          key(html, "authors", "authors, at most " + mostAuthors());
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

  private static void key(Markup html, String kind, String words) {
    html.in(
        "span",
        () -> {
          html.in(
              "svg",
              at("viewBox", "0 0 24 12", "aria-hidden", "true"),
              () -> {
                String shape = kind.equals("authors") ? "M0 6h24" : "M0 0h24v12h-24z";
                html.empty("path", at("class", kind, "d", shape));
              });
          html.text(words);
        });
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
      ActivityMonth month = months.get(i);
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
    html.in(
        "div",
        at(
            "class",
            "scroll",
            "role",
            "region",
            "tabindex",
            "0",
            "aria-label",
            "Table: activity by month"),
        () ->
            html.in(
                "table",
                () -> {
                  html.leaf("caption", at("class", "unseen"), "Activity by month");
                  html.in("thead", () -> html.in("tr", () -> heads(html)));
                  html.in("tbody", () -> months.reversed().forEach(month -> row(html, month)));
                }));
  }

  private static void heads(Markup html) {
    html.leaf("th", at("scope", "col"), "Month");
    for (String title : List.of("Commits", "Merges", "Authors")) {
      html.leaf("th", at("scope", "col", "class", "n"), title);
    }
  }

  private static void row(Markup html, ActivityMonth month) {
    html.in(
        "tr",
        () -> {
          html.leaf("th", at("scope", "row"), Moments.month(month.month()));
          html.leaf("td", at("class", "n"), String.valueOf(month.commits()));
          html.leaf("td", at("class", "n"), String.valueOf(month.merges()));
          html.leaf("td", at("class", "n"), String.valueOf(month.authors()));
        });
  }

  private long most() {
    return months.stream().mapToLong(ActivityMonth::commits).max().orElse(0);
  }

  private int mostAuthors() {
    return months.stream().mapToInt(ActivityMonth::authors).max().orElse(0);
  }
}
