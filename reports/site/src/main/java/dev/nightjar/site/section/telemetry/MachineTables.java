package dev.nightjar.site.section.telemetry;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.NoiseMark;
import dev.nightjar.site.data.Timeline;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.telemetry.Lane;
import dev.nightjar.site.telemetry.LaneChart;
import dev.nightjar.site.telemetry.LaneLine;
import dev.nightjar.site.telemetry.Lanes;
import dev.nightjar.site.words.Moments;
import java.time.Duration;
import java.util.List;

/** What the charts of a run's time line show, as tables. */
final class MachineTables {
  private static final int MOST_WINDOWS = 100;
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_CAUSES = 300;

  private MachineTables() {}

  static void lanes(Markup html, Lanes lanes, Timeline timeline) {
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

  static void windows(Markup html, List<BenchmarkWindow> windows) {
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

  static void noise(Markup html, List<NoiseMark> noise, PageAddresses addresses) {
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
            String more = noise.size() - MOST_WINDOWS + " more";
            html.in("p", () -> Tables.rest(html, more, "samples.csv", addresses));
          }
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
