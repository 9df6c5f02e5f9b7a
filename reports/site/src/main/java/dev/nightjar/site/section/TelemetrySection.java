package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.NoiseMark;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.data.Timeline;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.telemetry.Lane;
import dev.nightjar.site.telemetry.LaneChart;
import dev.nightjar.site.telemetry.LaneLine;
import dev.nightjar.site.telemetry.Lanes;
import dev.nightjar.site.words.Moments;
import java.time.Duration;
import java.util.List;

/** What the machine did during the run, on one time line, with the benchmarks' windows shaded. */
public final class TelemetrySection implements Section {
  private static final int LANES_IN_SIGHT = 8;
  private static final int MOST_WINDOWS = 100;
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_CAUSES = 300;

  @Override
  public String id() {
    return "telemetry";
  }

  @Override
  public String title(ReportData data) {
    return "The machine meanwhile";
  }

  @Override
  public String hint(ReportData data) {
    return "";
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    Lanes lanes = Lanes.of(data.timeline());
    Timeline timeline = data.timeline();
    if (lanes.lanes().isEmpty()) {
      Tables.nothing(html, "No telemetry was recorded during this run.");
      windowTable(html, timeline.windows());
      noiseTable(html, timeline.noise(), addresses);
      return;
    }
    html.leaf(
        "p",
        "Counters are shown as rates, shaded spans are benchmarks, and where nothing was read"
            + " there is a gap."
            + (timeline.noise().isEmpty()
                ? ""
                : " A strip at a lane's head marks repetitions that the machine disturbed."));
    List<Lane> all = lanes.lanes();
    int inSight = Math.min(LANES_IN_SIGHT, all.size());
    lanes(html, lanes, 0, inSight, timeline);
    if (inSight < all.size()) {
      moreLanes(html, lanes, inSight, timeline);
    }
    html.in(
        "details",
        () -> {
          html.leaf("summary", "Table of these metrics");
          laneTable(html, lanes, timeline);
        });
    windowTable(html, timeline.windows());
    noiseTable(html, timeline.noise(), addresses);
  }

  private static void moreLanes(Markup html, Lanes lanes, int from, Timeline timeline) {
    int to = lanes.lanes().size();
    html.in(
        "details",
        at("class", "more"),
        () -> {
          html.leaf("summary", to - from == 1 ? "1 more metric" : to - from + " more metrics");
          lanes(html, lanes, from, to, timeline);
        });
  }

  private static void lanes(Markup html, Lanes lanes, int from, int to, Timeline timeline) {
    html.in(
        "div",
        at("class", "lanes"),
        () -> {
          for (int i = from; i < to; i++) {
            lane(html, lanes, lanes.lanes().get(i), "lane-" + i, timeline);
          }
          html.in("div", at("class", "x-axis", "aria-hidden", "true"), () -> ends(html, lanes));
        });
  }

  private static void ends(Markup html, Lanes lanes) {
    html.leaf("span", Moments.clock(lanes.from()));
    html.leaf("span", Moments.span(Duration.between(lanes.from(), lanes.to())));
    html.leaf("span", Moments.clock(lanes.to()));
  }

  private static void lane(Markup html, Lanes lanes, Lane lane, String id, Timeline timeline) {
    LaneChart chart = new LaneChart(lanes, lane, timeline);
    html.in(
        "figure",
        at("class", "lane"),
        () -> {
          html.in("figcaption", () -> caption(html, lane, chart.scale()));
          chart.write(html, id);
        });
    html.line();
  }

  private static void caption(Markup html, Lane lane, UnitScale scale) {
    html.in("strong", () -> html.foreign(lane.title()));
    for (int i = 0; i < lane.lines().size(); i++) {
      LaneLine line = lane.lines().get(i);
      int colour = i;
      html.text(" ");
      html.in(
          "span",
          at("class", "key"),
          () -> {
            html.in(
                "svg",
                at("viewBox", "0 0 10 10", "aria-hidden", "true"),
                () -> html.empty("path", at("class", "swatch c" + colour, "d", "M0 0h10v10h-10z")));
            html.foreign(VisibleText.shortened(line.name(), LONGEST_NAME));
            html.text((line.name().isEmpty() ? "mean " : " ") + scale.formatShort(line.mean()));
          });
    }
    if (lane.linesLeftOut() > 0) {
      html.text(" and " + lane.linesLeftOut() + " more in the data");
    }
  }

  private static void laneTable(Markup html, Lanes lanes, Timeline timeline) {
    Tables.write(
        html,
        "Metrics during the run",
        List.of(
            Column.words("Metric"),
            Column.words("Line"),
            Column.number("Mean"),
            Column.number("Lowest"),
            Column.number("Highest")),
        () ->
            lanes
                .lanes()
                .forEach(lane ->
                    lane.lines()
                        .forEach(line ->
                            laneRow(
                                html, lane, line, new LaneChart(lanes, lane, timeline).scale()))));
  }

  private static void laneRow(Markup html, Lane lane, LaneLine line, UnitScale scale) {
    Tables.row(
        html,
        () -> {
          Tables.head(html, lane.title());
          Tables.words(html, line.name().isEmpty() ? "—" : line.name());
          Tables.number(html, scale.format(line.mean()));
          Tables.number(html, scale.format(line.lowest()));
          Tables.number(html, scale.format(line.highest()));
        });
  }

  private static void windowTable(Markup html, List<BenchmarkWindow> windows) {
    if (windows.isEmpty()) {
      return;
    }
    html.in(
        "details",
        () -> {
          html.leaf("summary", "When the benchmarks ran");
          Tables.write(
              html,
              "When the benchmarks ran",
              List.of(Column.words("Benchmark"), Column.words("From"), Column.number("Took")),
              () -> windows.stream().limit(MOST_WINDOWS).forEach(w -> windowRow(html, w)));
          if (windows.size() > MOST_WINDOWS) {
            html.leaf("p", (windows.size() - MOST_WINDOWS) + " more are in samples.csv.");
          }
        });
  }

  private static void windowRow(Markup html, BenchmarkWindow window) {
    Tables.row(
        html,
        () -> {
          Tables.head(html, VisibleText.shortened(window.benchmark(), LONGEST_NAME));
          Tables.moment(html, window.from());
          Tables.number(html, Moments.span(Duration.between(window.from(), window.to())));
        });
  }

  private static void noiseTable(Markup html, List<NoiseMark> noise, PageAddresses addresses) {
    if (noise.isEmpty()) {
      return;
    }
    html.in(
        "details",
        () -> {
          html.leaf(
              "summary",
              noise.size() == 1
                  ? "One repetition was disturbed"
                  : noise.size() + " repetitions were disturbed");
          Tables.write(
              html,
              "Disturbed repetitions",
              List.of(
                  Column.words("Benchmark"),
                  Column.words("From"),
                  Column.number("Took"),
                  Column.number("Believed"),
                  Column.words("Disturbed by")),
              () -> noise.stream().limit(MOST_WINDOWS).forEach(mark -> noiseRow(html, mark)));
          if (noise.size() > MOST_WINDOWS) {
            moreNoise(html, noise.size() - MOST_WINDOWS, addresses);
          }
        });
  }

  private static void moreNoise(Markup html, int more, PageAddresses addresses) {
    html.in(
        "p",
        () -> {
          html.text(more + " more are in ");
          html.leaf("a", at("href", addresses.data("samples.csv")), "samples.csv");
          html.text(".");
        });
  }

  private static void noiseRow(Markup html, NoiseMark mark) {
    Tables.row(
        html,
        () -> {
          Tables.head(html, VisibleText.shortened(mark.benchmark(), LONGEST_NAME));
          Tables.moment(html, mark.from());
          Tables.number(html, Moments.span(Duration.between(mark.from(), mark.to())));
          Tables.number(html, UnitScale.of("%", 1).formatShort(Math.rint(mark.weight() * 100)));
          Tables.words(html, VisibleText.shortened(mark.causes(), LONGEST_CAUSES));
        });
  }
}
