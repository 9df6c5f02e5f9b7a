package dev.nightjar.site.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.Comparison;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How high on paper a change is drawn. */
class HistoryChartTest {
  private static final Pattern LINE = Pattern.compile("class=\"line\" d=\"M\\d+ (\\d+)l([^\"]*)\"");

  private static String chart(double smallestEffect, double... medians) {
    List<HistoryPoint> points = new ArrayList<>();
    for (double median : medians) {
      Instant at = Instant.EPOCH.plus(Duration.ofDays(points.size()));
      points.add(
          new HistoryPoint(
              new UUID(0, points.size()), at, null, 1, median, median, median, null, null, null));
    }
    Benchmark benchmark = new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER);
    SeriesResult result =
        new SeriesResult(
            new Series(benchmark, new TreeMap<>(), Device.CPU),
            List.of(),
            Map.of(),
            points,
            List.of(),
            null,
            new Comparison(ComparedBy.VALUE, points, smallestEffect));
    Markup html = Markup.html();
    new HistoryChart(result, UnitScale.of("s", 1), 60).write(html, "chart", "title");
    return html.toString();
  }

  /** The part of the chart's height that its line goes through. */
  private static double heightOfLine(String chart) {
    Matcher line = LINE.matcher(chart);
    assertTrue(line.find(), chart);
    int at = Integer.parseInt(line.group(1));
    int top = at;
    int bottom = at;
    int[] steps =
        Arrays.stream(line.group(2).replace("-", " -").strip().split("\\s+", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    for (int i = 1; i < steps.length; i += 2) {
      at += steps[i];
      top = Math.min(top, at);
      bottom = Math.max(bottom, at);
    }
    return (bottom - top) / 1000.0;
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0, 0.15", "0.02, 0.2, 0.35", "0.20, 0, 0.06"})
  void noiseIsAsHighAsItIsBesideWhatCounts(double smallest, double least, double most) {
    double height = heightOfLine(chart(smallest, 1, 1.01, 0.99, 1.005, 1, 1.01, 0.99, 1));
    assertTrue(height >= least && height <= most, height + "");
  }

  @Test
  void aChangeThatCountsIsSeen() {
    double height = heightOfLine(chart(0.05, 1, 1, 1, 1, 1.1));
    assertTrue(height > 0.3, height + "");
    assertTrue(heightOfLine(chart(0.05, 1, 1, 1, 1, 2)) > 0.8);
  }

  @Test
  void theSmallestChangeThatCountsIsDrawn() {
    assertEquals(1, chart(0.05, 1, 1.01).split("class=\"least\"", -1).length - 1);
    assertEquals(0, chart(0, 1, 1.01).split("class=\"least\"", -1).length - 1);
  }
}
