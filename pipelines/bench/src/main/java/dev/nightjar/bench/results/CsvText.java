package dev.nightjar.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CSV with a header: BabelStream's, or the plain one with {@code name} and {@code value} and, as
 * one likes, {@code metric}, {@code unit}, {@code direction}, {@code device}; every other column is
 * a parameter. Fields may be quoted as RFC 4180 says, but not hold a line feed.
 */
final class CsvText implements LineFormat {
  private static final int MOST_COLUMNS = 64;
  private static final Set<String> KNOWN =
      Set.of("name", "value", "metric", "unit", "direction", "device");

  /**
   * BabelStream's columns of the best bandwidth, which its versions and options name differently.
   */
  private static final Map<String, String> BANDWIDTHS =
      Map.of(
          "max_mbytes_per_sec", "MBy/s",
          "max_mibytes_per_sec", "MiBy/s",
          "max_MB_per_sec", "MBy/s",
          "max_MiB_per_sec", "MiBy/s",
          "max_GB_per_sec", "GBy/s",
          "max_GiB_per_sec", "GiBy/s");

  private final List<String> header;

  CsvText(String headerLine) throws BadRecord {
    header = fields(headerLine);
  }

  static boolean recognises(String line) {
    try {
      List<String> fields = fields(line);
      return fields.containsAll(List.of("name", "value"))
          || (fields.contains("n_elements")
              && BANDWIDTHS.keySet().stream().anyMatch(fields::contains));
    } catch (BadRecord e) {
      return false;
    }
  }

  @Override
  public void line(String line, ResultSink sink) throws BadRecord {
    List<String> fields = fields(line);
    if (fields.equals(header)) {
      return; // BabelStream's runs appended to one file
    }
    if (fields.size() != header.size()) {
      throw new BadRecord(fields.size() + " fields where " + header.size() + " were expected");
    }
    for (Map.Entry<String, String> bandwidth : BANDWIDTHS.entrySet()) {
      if (header.contains(bandwidth.getKey()) && header.contains("n_elements")) {
        babelStream(fields, bandwidth.getKey(), bandwidth.getValue(), sink);
        return;
      }
    }
    plain(fields, sink);
  }

  /** RFC 4180 leaves a line feed at the end to whoever writes; BabelStream writes one. */
  @Override
  public boolean mayEndWith(String line) {
    return !header.contains("n_elements");
  }

  private String field(List<String> fields, String column) {
    int index = header.indexOf(column);
    return index < 0 ? "" : fields.get(index).strip();
  }

  private void babelStream(List<String> fields, String bandwidth, String unit, ResultSink sink)
      throws BadRecord {
    String function = field(fields, header.contains("function") ? "function" : "phase");
    new Measured(sink, function)
        .with("n_elements", field(fields, "n_elements"))
        .with("sizeof", field(fields, "sizeof"))
        .higher("throughput", unit, JsonFormats.parsed(field(fields, bandwidth)));
  }

  private void plain(List<String> fields, ResultSink sink) throws BadRecord {
    Measured measured = new Measured(sink, field(fields, "name"));
    for (int i = 0; i < header.size(); i++) {
      if (!KNOWN.contains(header.get(i))) {
        measured.with(header.get(i), fields.get(i));
      }
    }
    if (!field(fields, "device").isEmpty()) {
      measured.on(field(fields, "device"));
    }
    String metric = field(fields, "metric");
    String unit = field(fields, "unit");
    measured.add(
        metric.isEmpty() ? "time" : metric,
        unit.isEmpty() ? "s" : unit,
        JsonFormats.direction(field(fields, "direction")),
        JsonFormats.parsed(field(fields, "value")));
  }

  static List<String> fields(String line) throws BadRecord {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    if (quoted || fields.size() > MOST_COLUMNS) {
      throw new BadRecord(quoted ? "a quoted field does not end" : "too many fields");
    }
    return fields;
  }
}
