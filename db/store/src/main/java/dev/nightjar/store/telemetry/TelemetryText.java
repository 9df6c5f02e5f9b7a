package dev.nightjar.store.telemetry;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Readings of a machine as text, for a letter that holds what could not be stored: a line of JSON
 * that names the machine, then one a metric. A text that was cut has the whole lines before the
 * cut.
 *
 * @param isWhole whether none of it was cut off
 */
public record TelemetryText(long machineId, List<TelemetryBatch> batches, boolean isWhole) {
  private static final String MACHINE = "machine_id";

  /** The text of readings. */
  public static String write(long machineId, List<TelemetryBatch> batches) {
    ObjectNode head = JsonMapper.shared().createObjectNode();
    head.put(MACHINE, machineId).put("metrics", batches.size());
    StringBuilder text = new StringBuilder().append(head).append('\n');
    for (TelemetryBatch batch : batches) {
      ObjectNode line = JsonMapper.shared().createObjectNode();
      line.put("name", batch.metric().name());
      line.put("attributes", batch.metric().attributes());
      line.put("unit", batch.metric().unit());
      ArrayNode times = line.putArray("epoch_millis");
      ArrayNode values = line.putArray("values");
      for (int i = 0; i < batch.values().length; i++) {
        times.add(batch.epochMillis()[i]);
        values.add(batch.values()[i]);
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** The readings of a text; empty when it holds none. */
  public static Optional<TelemetryText> read(String text) {
    List<String> lines = text.lines().dropWhile(line -> !line.startsWith("{")).toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode head = JsonMapper.shared().readTree(lines.getFirst());
      if (!head.path(MACHINE).isIntegralNumber()) {
        return Optional.empty();
      }
      List<TelemetryBatch> batches = new ArrayList<>();
      boolean endsWhole = text.endsWith("\n");
      int whole = endsWhole ? lines.size() : lines.size() - 1;
      for (String line : lines.subList(1, Math.max(1, whole))) {
        batches.add(batch(JsonMapper.shared().readTree(line)));
      }
      boolean isWhole = endsWhole && batches.size() == head.path("metrics").asInt();
      return batches.isEmpty()
          ? Optional.empty()
          : Optional.of(new TelemetryText(head.path(MACHINE).asLong(), batches, isWhole));
    } catch (JacksonException e) {
      return Optional.empty(); // of a version that kept no readings
    }
  }

  private static TelemetryBatch batch(JsonNode line) {
    JsonNode times = line.path("epoch_millis");
    JsonNode values = line.path("values");
    long[] epochMillis = new long[values.size()];
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      epochMillis[i] = times.get(i).asLong();
      numbers[i] = values.get(i).asDouble();
    }
    return new TelemetryBatch(
        new TelemetryMetric(
            line.path("name").asString(),
            line.path("attributes").asString(),
            line.path("unit").asString()),
        epochMillis,
        numbers);
  }
}
