package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.direction;
import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.optionalText;
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
    try {
      take(new Measured(sink, name).with(parameters(record, "parameters")), record);
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }

  private static void take(Measured measured, JsonNode record) throws BadRecord {
    String device = optionalText(record, "device");
    if (!device.isEmpty()) {
      measured.on(device);
    }
    String named = optionalText(record, "metric");
    String metric = named.isEmpty() ? "time" : named;
    String written = optionalText(record, "unit");
    String unit = written.isEmpty() ? "s" : written;
    @Nullable Direction direction = direction(optionalText(record, "direction"));
    if (!record.path("values").isArray()) {
      measured.add(metric, unit, direction, number(record, "value"));
    } else if (measured.addAll(metric, unit, direction, record.path("values")) == 0) {
      measured.leftOut("its list of values is empty");
    }
  }
}
