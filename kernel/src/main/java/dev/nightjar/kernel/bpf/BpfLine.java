package dev.nightjar.kernel.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line of {@code bpftrace -f json}. */
sealed interface BpfLine {

  /** A histogram was printed. Each bucket counts whole numbers from its least to its most. */
  record Histogram(String map, List<Bucket> buckets) implements BpfLine {
    long count() {
      return buckets.stream().mapToLong(Bucket::count).sum();
    }

    /** A number that the given share of the events do not exceed; there must be events. */
    long below(double share) {
      double wanted = share * count();
      long seen = 0;
      for (Bucket bucket : buckets) {
        seen += bucket.count();
        if (seen > 0 && seen >= wanted) {
          return bucket.most() + 1;
        }
      }
      throw new IllegalArgumentException("no event in " + this);
    }
  }

  /** A bucket of a histogram. */
  record Bucket(long most, long count) {}

  /** A number was printed. */
  record Value(String map, long value) implements BpfLine {}

  /** The kernel had more to say than was read in time. */
  record Lost(long events) implements BpfLine {}

  /** Anything else, such as how many probes were attached. */
  record Other() implements BpfLine {}

  /** Reads a line; what is no JSON, or JSON of another shape, is {@link Other}. */
  static BpfLine parse(String line) {
    try {
      JsonNode root = JsonMapper.shared().readTree(line);
      JsonNode data = root.path("data");
      return switch (root.path("type").asString("")) {
        case "hist" -> histogram(data);
        case "map" -> value(data);
        case "lost_events" -> new Lost(data.path("events").asLong(0));
        default -> new Other();
      };
    } catch (JacksonException e) {
      return new Other();
    }
  }

  private static BpfLine histogram(JsonNode data) {
    for (Map.Entry<String, JsonNode> map : data.properties()) {
      List<Bucket> buckets = new ArrayList<>();
      for (JsonNode bucket : map.getValue()) {
        // The bucket of zero and below has no least, the last one may have no most.
        if (bucket.path("max").isIntegralNumber() && bucket.path("count").isIntegralNumber()) {
          buckets.add(new Bucket(bucket.path("max").asLong(), bucket.path("count").asLong()));
        }
      }
      return new Histogram(map.getKey(), List.copyOf(buckets));
    }
    return new Other();
  }

  private static BpfLine value(JsonNode data) {
    for (Map.Entry<String, JsonNode> map : data.properties()) {
      return map.getValue().isIntegralNumber()
          ? new Value(map.getKey(), map.getValue().asLong())
          : new Other();
    }
    return new Other();
  }
}
