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
    String name = text(record, "command");
    try {
      runs(new Measured(sink, name).with(parameters(record, "parameters")), record);
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }

  private static void runs(Measured measured, JsonNode record) {
    JsonNode times = record.path("times");
    JsonNode codes = record.path("exit_codes");
    JsonNode memory = record.path("memory_usage_byte");
    int failed = 0;
    int bad = 0;
    int badMemory = 0;
    for (int i = 0; i < times.size(); i++) {
      JsonNode code = codes.path(i);
      // Absent: the command was not told to be checked. Null: a signal ended it.
      if (!code.isMissingNode() && code.asInt(-1) != 0) {
        failed++;
        continue;
      }
      if (times.path(i).isNumber()) {
        measured.lower("time", "s", times.path(i).doubleValue());
      } else {
        bad++;
      }
      if (memory.path(i).isNumber()) {
        measured.lower("memory", "By", memory.path(i).doubleValue());
      } else {
        badMemory += memory.path(i).isMissingNode() ? 0 : 1;
      }
    }
    tellFailed(measured, failed, times.size());
    measured.noNumbers("times", bad, times.size());
    measured.noNumbers("readings of memory", badMemory, memory.size());
    if (times.isEmpty()) {
      withoutTimes(measured, record);
    }
  }

  private static void tellFailed(Measured measured, int failed, int runs) {
    String reason = "%d of its %d runs did not exit with 0".formatted(failed, runs);
    if (failed > 0 && failed == runs) {
      measured.failed(reason);
    } else if (failed > 0) {
      measured.leftOut(reason);
    }
  }

  /** The list was left out, or is none. */
  private static void withoutTimes(Measured measured, JsonNode record) {
    if (record.path("mean").isNumber()) {
      measured.lower("time", "s", record.path("mean").doubleValue());
    } else {
      measured.leftOut("it has no times");
    }
  }
}
