package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.NumberText;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.unit.Unit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** nvbandwidth's JSON: every cell of each test that passed. */
final class Nvbandwidth implements JsonRecords.RecordReader {
  private static final Pattern UNIT = Pattern.compile(".*\\(([^()]+)\\)\\s*");
  private final ResultSink sink;

  Nvbandwidth(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    String name = text(record, "name");
    String status = text(record, "status");
    if (status.equalsIgnoreCase("Error")) {
      String reason = text(record, "error").isEmpty() ? status : text(record, "error");
      new Measured(sink, name).failed(reason);
      return;
    }
    if (!status.equalsIgnoreCase("Passed")) {
      new Measured(sink, name).leftOut("it has the status '" + status + "'");
      return;
    }
    Matcher inBrackets = UNIT.matcher(text(record, "bandwidth_description"));
    String unit = inBrackets.matches() ? inBrackets.group(1) : "GB/s";
    String metric = Unit.of(unit).symbol().equals("s") ? "latency" : "throughput";
    int row = 0;
    int taken = 0;
    for (JsonNode cells : record.path("bandwidth_matrix").values()) {
      int column = 0;
      for (JsonNode cell : cells.values()) {
        if (!cell.asString("").equals("N/A")) {
          Measured measured =
              new Measured(sink, name).with("row", "" + row).with("column", "" + column).on("gpu");
          try {
            double value =
                cell.isNumber() ? cell.doubleValue() : NumberText.parsed(cell.asString(""));
            measured.add(metric, unit, null, value);
          } catch (BadRecord e) {
            e.of(name).tell(sink);
          }
          taken++;
        }
        column++;
      }
      row++;
    }
    if (taken == 0) {
      throw new BadRecord(name, "its matrix holds no value");
    }
  }
}
