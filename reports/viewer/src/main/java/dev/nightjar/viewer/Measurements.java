package dev.nightjar.viewer;

import java.time.Instant;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Benchmarks and telemetry of the reported run, as the browser reads them. */
final class Measurements {
  private Measurements() {}

  /**
   * {@code [{name, detail, factor, unit, direction, verdict, points: [[seconds, median, low,
   * high]], runs: [[verdict, commit]]}]}. Seconds count from 1970; a commit is its place in the
   * order of time, or -1; a value times the factor is in the unit that people read.
   */
  static ArrayNode benchmarks(ViewerContents contents, ToIntFunction<@Nullable String> places) {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    contents.benchmarks().forEach(ribbon -> ribbon(all.addObject(), ribbon, places));
    return all;
  }

  private static void ribbon(
      ObjectNode json, ViewerContents.Ribbon ribbon, ToIntFunction<@Nullable String> places) {
    json.put("name", ribbon.name())
        .put("detail", ribbon.detail())
        .put("factor", ribbon.scale().factor())
        .put("unit", ribbon.scale().symbol())
        .put("direction", ribbon.direction())
        .put("verdict", ribbon.verdict());
    ArrayNode points = json.putArray("points");
    for (ViewerContents.Point point : ribbon.points()) {
      points
          .addArray()
          .add(seconds(point.startedAt()))
          .add(point.median())
          .add(point.low())
          .add(point.high());
    }
    ArrayNode runs = json.putArray("runs");
    for (ViewerContents.Point point : ribbon.points()) {
      runs.addArray().add(point.verdict()).add(places.applyAsInt(point.commit()));
    }
  }

  /**
   * {@code {from, to, rows: [{name, unit, lowest, highest, values}]}}, the values being means of
   * equal parts of the time, null where nothing was read; no rows when there is no telemetry.
   */
  static ObjectNode telemetry(ViewerContents contents) {
    ViewerContents.Telemetry telemetry = contents.telemetry();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("from", seconds(telemetry.from())).put("to", seconds(telemetry.to()));
    ArrayNode rows = json.putArray("rows");
    telemetry.rows().forEach(row -> row(rows.addObject(), row));
    return json;
  }

  private static void row(ObjectNode json, ViewerContents.Row row) {
    json.put("name", row.name())
        .put("unit", row.unit())
        .put("lowest", row.lowest())
        .put("highest", row.highest());
    ArrayNode values = json.putArray("values");
    for (double mean : row.means()) {
      if (Double.isNaN(mean)) {
        values.addNull();
      } else {
        values.add(mean);
      }
    }
  }

  private static double seconds(Instant moment) {
    return moment.toEpochMilli() / 1000.0;
  }
}
