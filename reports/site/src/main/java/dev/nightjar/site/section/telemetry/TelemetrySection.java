package dev.nightjar.site.section.telemetry;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.Timeline;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.results.ResultsSection;
import dev.nightjar.site.telemetry.Lane;
import dev.nightjar.site.telemetry.LaneChart;
import dev.nightjar.site.telemetry.LaneLine;
import dev.nightjar.site.telemetry.Lanes;
import dev.nightjar.site.words.Moments;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the machine did during the run, on one time line, with the benchmarks' windows shaded. */
public final class TelemetrySection implements Section<Timeline> {
  private static final int LANES_IN_SIGHT = 8;
  private static final int LONGEST_NAME = 80;
  private static final List<CsvTable<Timeline>> TABLES =
      List.of(
          new CsvTable<>(
              "telemetry.csv",
              "one row a reading, as it was read; of a long run, those that tell most",
              TelemetrySection::readings),
          new CsvTable<>("windows.csv", "when the benchmarks ran", TelemetrySection::windows));

  private final ResultsSection results;

  /** What the machine did while these results were measured. */
  public TelemetrySection(ResultsSection results) {
    this.results = results;
  }

  @Override
  public String id() {
    return "telemetry";
  }

  @Override
  public String title(Timeline timeline) {
    return "The machine meanwhile";
  }

  @Override
  public Timeline read(ReportReading reading) {
    return TimelineReader.read(reading, reading.of(results));
  }

  @Override
  public List<CsvTable<Timeline>> tables() {
    return TABLES;
  }

  private static void readings(Timeline timeline, Csv csv) throws IOException {
    csv.heads("metric", "attributes", "unit", "at", "value");
    for (TelemetryBatch batch : timeline.telemetry()) {
      for (int i = 0; i < batch.values().length; i++) {
        csv.text(batch.metric().name()).text(batch.metric().attributes());
        csv.text(batch.metric().unit());
        csv.moment(Instant.ofEpochMilli(batch.epochMillis()[i])).number(batch.values()[i]);
        csv.end();
      }
    }
  }

  private static void windows(Timeline timeline, Csv csv) throws IOException {
    csv.heads("benchmark", "from", "to");
    for (BenchmarkWindow window : timeline.windows()) {
      csv.text(window.benchmark()).moment(window.from()).moment(window.to()).end();
    }
  }

  @Override
  public void page(Markup html, Timeline timeline, PageAddresses addresses) {
    Lanes lanes = Lanes.of(timeline);
    if (lanes.lanes().isEmpty()) {
      Tables.nothing(html, "No telemetry was recorded during this run.");
    } else {
      charts(html, lanes, timeline);
    }
    MachineTables.windows(html, timeline.windows());
    MachineTables.noise(html, timeline.noise(), addresses);
  }

  private static void charts(Markup html, Lanes lanes, Timeline timeline) {
    html.leaf(
        "p",
        "Counters are shown as rates, shaded spans are benchmarks, and where nothing was read"
            + " there is a gap."
            + (timeline.noise().isEmpty()
                ? ""
                : " A strip at a lane's head marks repetitions that the machine disturbed."));
    int inSight = Math.min(LANES_IN_SIGHT, lanes.lanes().size());
    lanes(html, lanes, 0, inSight, timeline);
    if (inSight < lanes.lanes().size()) {
      moreLanes(html, lanes, inSight, timeline);
    }
    html.in(
        "details",
        () -> {
          html.leaf("summary", "Table of these metrics");
          MachineTables.lanes(html, lanes, timeline);
        });
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
}
