package dev.nightjar.formats.results;

import dev.nightjar.formats.json.JsonDocument;
import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * criterion's {@code sample.json}: how often each sample ran and what time that took. Of a file
 * that is cut off the samples before the cut are kept.
 */
final class CriterionSamples {
  private final String name;
  private final ResultSink sink;
  private final List<JsonNode> iterations = new ArrayList<>();
  private final List<JsonNode> times = new ArrayList<>();

  CriterionSamples(String name, ResultSink sink) {
    this.name = name;
    this.sink = sink;
  }

  /** Whether it gave any. */
  boolean read(Path file) throws IOException {
    ResultSink beside = new ResultSink(); // what is wrong is told of the file that is read
    JsonDocument document;
    try (Reader text = ResultText.of(file).open(null)) {
      document = new JsonDocument(text, 0);
      JsonRecords.each(
          document,
          beside,
          Map.of(
              "iters", (none, node) -> iterations.add(node),
              "times", (none, node) -> times.add(node)));
    }
    boolean isWhole = document.isWhole();
    beside
        .results()
        .ledger()
        .leftOut()
        .forEach(left -> sink.lost(name, "sample.json beside it: " + left.reason()));
    int count = Math.min(iterations.size(), times.size());
    if (!isWhole) {
      count--; // the number that stands last may be one without its last digits
    }
    try {
      return take(count, isWhole ? Math.max(iterations.size(), times.size()) : count) > 0;
    } catch (BadRecord e) {
      e.tell(sink);
      return false;
    }
  }

  private int take(int count, int expected) throws BadRecord {
    Measured measured = new Measured(sink, name);
    int taken = 0;
    for (int i = 0; i < count; i++) {
      if (times.get(i).isNumber() && iterations.get(i).isNumber()) {
        measured.lower("time", "ns", times.get(i).doubleValue() / iterations.get(i).doubleValue());
        taken++;
      }
    }
    if (taken < expected) {
      measured.leftOut(
          "%d of its %d samples are no time with its iterations"
              .formatted(expected - taken, expected));
    }
    return taken;
  }
}
