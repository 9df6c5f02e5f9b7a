package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.direction;
import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.parameters;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The plain format, and github-action-benchmark's custom one, which is a part of it. */
final class PlainJson implements JsonRecords.RecordReader {
  private final ResultSink sink;

  PlainJson(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    String name = text(record, "name");
    Measured measured = new Measured(sink, name).with(parameters(record.path("parameters")));
    if (!text(record, "device").isEmpty()) {
      measured.on(text(record, "device"));
    }
    String metric = text(record, "metric").isEmpty() ? "time" : text(record, "metric");
    String unit = text(record, "unit").isEmpty() ? "s" : text(record, "unit");
    try {
      @Nullable Direction direction = direction(text(record, "direction"));
      if (record.path("values").isArray()) {
        if (measured.addAll(metric, unit, direction, record.path("values")) == 0) {
          measured.leftOut("its list of values is empty");
        }
      } else {
        measured.add(metric, unit, direction, number(record, "value"));
      }
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }
}
