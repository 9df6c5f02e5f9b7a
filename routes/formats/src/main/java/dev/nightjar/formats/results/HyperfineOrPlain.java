package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.parameters;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import tools.jackson.databind.JsonNode;

/**
 * hyperfine's JSON: every run that exited with 0, and what memory it took where that was measured.
 * The plain format has the same list, whose records have no {@code command}.
 */
final class HyperfineOrPlain implements JsonRecords.RecordReader {
  private final ResultSink sink;
  private final PlainJson plain;

  HyperfineOrPlain(ResultSink sink) {
    this.sink = sink;
    plain = new PlainJson(sink);
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    if (text(record, "command").isEmpty()) {
      plain.read(none, record);
      return;
    }
    Measured measured =
        new Measured(sink, text(record, "command")).with(parameters(record.path("parameters")));
    JsonNode codes = record.path("exit_codes");
    JsonNode memory = record.path("memory_usage_byte");
    int runs = record.path("times").size();
    int done = 0;
    int failed = 0;
    for (int i = 0; i < runs; i++) {
      JsonNode code = codes.path(i);
      // Absent: the command was not told to be checked. Null: a signal ended it.
      if (!code.isMissingNode() && code.asInt(-1) != 0) {
        failed++;
      } else if (record.path("times").path(i).isNumber()) {
        measured.lower("time", "s", record.path("times").path(i).doubleValue());
        if (memory.path(i).isNumber()) {
          measured.lower("memory", "By", memory.path(i).doubleValue());
        }
        done++;
      }
    }
    tell(measured, runs, done, failed, record);
  }

  private static void tell(Measured measured, int runs, int done, int failed, JsonNode record) {
    String reason = "%d of its %d runs did not exit with 0".formatted(failed, runs);
    if (failed > 0 && failed == runs) {
      measured.failed(reason);
    } else if (failed > 0) {
      measured.leftOut(reason);
    } else if (runs == 0 && record.path("mean").isNumber()) {
      measured.lower("time", "s", record.path("mean").doubleValue()); // the list was left out
    } else if (runs == 0) {
      measured.leftOut("it has no times");
    } else if (done < runs) {
      measured.leftOut("%d of its %d times are no numbers".formatted(runs - done, runs));
    }
  }
}
