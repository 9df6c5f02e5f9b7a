package dev.nightjar.viewer;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Benchmarks and telemetry of the reported run, as the browser reads them. */
final class Measurements {
  private Measurements() {}

  /**
   * {@code [{name, detail, unit, direction, verdict, points: [[seconds, median, low, high]]}]}.
   * Seconds count from 1970.
   */
  static ArrayNode benchmarks(ViewerContents contents) {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    contents.benchmarks().forEach(ribbon -> ribbon(all.addObject(), ribbon));
    return all;
  }

  private static void ribbon(ObjectNode json, ViewerContents.Ribbon ribbon) {
    json.put("name", ribbon.name())
        .put("detail", ribbon.detail())
        .put("unit", ribbon.unit())
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
