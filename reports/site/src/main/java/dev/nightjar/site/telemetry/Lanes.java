package dev.nightjar.site.telemetry;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.site.chart.Buckets;
import dev.nightjar.site.data.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The lanes of a run: those that explain measurements first, then every other metric under its own
 * name.
 *
 * @param from the left edge of the time line
 * @param to its right edge
 */
public record Lanes(Instant from, Instant to, List<Lane> lanes) {
  private static final int MOST_LINES = 6;
  private static final int MOST_LANES = 24;

  /** Splits a metric further than a reader of the page needs. */
  private static final String BY_PROCESSOR = "cpu.logical_number=";

  public Lanes {
    lanes = List.copyOf(lanes);
  }

  /** The lanes of a time line with at least one reading. */
  public static Lanes of(Timeline timeline) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (TelemetryBatch batch : timeline.telemetry()) {
      long[] times = batch.epochMillis();
      if (times.length > 0) {
        from = Math.min(from, times[0]);
        to = Math.max(to, times[times.length - 1]);
      }
    }
    if (from > to) {
      return new Lanes(Instant.EPOCH, Instant.EPOCH, List.of());
    }
    return new Lanes(
        Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), build(timeline, from, to));
  }

  private static List<Lane> build(Timeline timeline, long from, long to) {
    Map<String, List<TelemetryBatch>> byLane =
        timeline.telemetry().stream()
            .filter(batch -> batch.values().length > 1 && !KnownMetric.isRest(batch.metric()))
            .collect(
                Collectors.groupingBy(
                    batch -> KnownMetric.lane(batch.metric()) + '\n' + batch.metric().unit(),
                    TreeMap::new,
                    Collectors.toList()));
    return byLane.values().stream()
        .sorted(Comparator.comparingInt(batches -> KnownMetric.rank(batches.getFirst().metric())))
        .limit(MOST_LANES)
        .map(batches -> lane(batches, timeline.resolution(), from, to))
        .filter(lane -> !lane.lines().isEmpty())
        .toList();
  }

  private static Lane lane(List<TelemetryBatch> batches, Duration resolution, long from, long to) {
    TelemetryMetric metric = batches.getFirst().metric();
    int columns = columns(batches);
    List<LaneLine> lines = new ArrayList<>();
    byLine(batches)
        .forEach((name, parts) ->
            lines.add(new LaneLine(name, sum(parts, resolution, from, to, columns))));
    lines.removeIf(line -> Double.isNaN(line.mean()));
    lines.sort(Comparator.comparingDouble(LaneLine::mean).reversed());
    int shown = Math.min(lines.size(), MOST_LINES);
    return new Lane(
        KnownMetric.title(metric),
        KnownMetric.lane(metric),
        MetricForm.of(metric).shownUnit(metric.unit()),
        KnownMetric.isStacked(metric),
        lines.subList(0, shown),
        lines.size() - shown);
  }

  /** Where both the whole and its parts by processor were read, the whole is the line. */
  private static Map<String, List<TelemetryBatch>> byLine(List<TelemetryBatch> batches) {
    Map<String, List<TelemetryBatch>> wholes = new LinkedHashMap<>();
    Map<String, List<TelemetryBatch>> parts = new LinkedHashMap<>();
    for (TelemetryBatch batch : batches) {
      boolean part = batch.metric().attributes().contains(BY_PROCESSOR);
      (part ? parts : wholes)
          .computeIfAbsent(lineName(batch.metric()), name -> new ArrayList<>())
          .add(batch);
    }
    parts.forEach(wholes::putIfAbsent);
    return wholes;
  }

  private static int columns(List<TelemetryBatch> batches) {
    int most = batches.stream().mapToInt(batch -> batch.values().length - 1).max().orElse(1);
    return Math.clamp(most, 1, Buckets.MOST / 2);
  }

  /**
   * Lays the parts of a line into one: counters add up over processors, levels such as a frequency
   * are averaged. Where one part has a gap, so has the line.
   */
  private static Buckets sum(
      List<TelemetryBatch> parts, Duration resolution, long from, long to, int columns) {
    List<Buckets> each =
        parts.stream()
            .map(part -> new Readings(part, resolution).gather(from, to, columns))
            .toList();
    if (each.size() == 1) {
      return each.getFirst();
    }
    boolean adds = MetricForm.of(parts.getFirst().metric()).isCounter();
    Buckets all = new Buckets(columns);
    for (int column = 0; column < columns; column++) {
      int at = column;
      if (each.stream().noneMatch(part -> part.isGap(at))) {
        double total = each.stream().mapToDouble(part -> part.mean(at)).sum();
        all.add((column + 0.5) / columns, adds ? total : total / each.size());
      }
    }
    return all;
  }

  /** The metric's name beyond its lane's, and its attributes' values. */
  private static String lineName(TelemetryMetric metric) {
    String family = metric.name().substring(commonLength(metric));
    String values =
        Arrays.stream(metric.attributes().split(","))
            .filter(attribute -> !attribute.startsWith(BY_PROCESSOR))
            .map(attribute -> attribute.substring(attribute.indexOf('=') + 1))
            .collect(Collectors.joining(" "));
    return (family + " " + values).strip();
  }

  private static int commonLength(TelemetryMetric metric) {
    int lane = KnownMetric.lane(metric).length();
    return Math.min(metric.name().length(), lane == metric.name().length() ? lane : lane + 1);
  }
}
