package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.firstText;
import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.parameters;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import tools.jackson.databind.JsonNode;

/** pytest-benchmark's JSON: every round where they were kept, else the median. */
final class PytestBenchmark implements JsonRecords.RecordReader {
  private final ResultSink sink;

  PytestBenchmark(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    String name = firstText(record, "fullname", "name");
    JsonNode stats = record.path("stats");
    try {
      Measured measured = new Measured(sink, name).with(parameters(record, "params"));
      if (measured.addAll("time", "s", Direction.LOWER_IS_BETTER, stats.path("data")) == 0) {
        measured.lower("time", "s", number(stats, "median"));
      }
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }

  /** Names and parameters stand before the rounds. */
  @Override
  public void readPart(String none, JsonNode part) throws BadRecord {
    JsonNode rounds = part.path("stats").path("data");
    if (!rounds.isEmpty()) {
      new Measured(sink, firstText(part, "fullname", "name"))
          .with(parameters(part, "params"))
          .addAll("time", "s", Direction.LOWER_IS_BETTER, rounds);
    }
  }
}
