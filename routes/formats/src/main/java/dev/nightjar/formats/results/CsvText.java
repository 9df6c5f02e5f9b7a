package dev.nightjar.formats.results;

import dev.nightjar.formats.json.JsonFields;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.LineFormat;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.NumberText;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * CSV with headers: BabelStream's, or the plain one with {@code name} and {@code value} and, as one
 * likes, {@code metric}, {@code unit}, {@code direction}, {@code device}; every other column is a
 * parameter. A line that is a header begins a table, as BabelStream's versions in Rust, Julia, Java
 * and Scala print two. Fields may be quoted as RFC 4180 says, but not hold a line feed.
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

  private final ResultSink sink;
  private List<String> header = List.of();
  private char separator = ',';

  CsvText(ResultSink sink) {
    this.sink = sink;
  }

  static boolean recognises(String line) {
    return separatorOf(line) != 0;
  }

  /** The separator of a header; 0 if the line is none. */
  private static char separatorOf(String line) {
    for (char separator : new char[] {',', ';', '\t'}) {
      if (line.indexOf(separator) >= 0) {
        try {
          List<String> fields = names(line, separator);
          if (fields.containsAll(List.of("name", "value")) || isBabelStream(fields)) {
            return separator;
          }
        } catch (BadRecord e) {
          // a quoted field does not end with this separator
        }
      }
    }
    return 0;
  }

  private static boolean isBabelStream(List<String> fields) {
    return fields.contains("n_elements") && BANDWIDTHS.keySet().stream().anyMatch(fields::contains);
  }

  private static List<String> names(String line, char separator) throws BadRecord {
    return fields(line, separator).stream().map(String::strip).toList();
  }

  @Override
  public void line(String line) {
    try {
      char found = separatorOf(line);
      if (found != 0) {
        separator = found;
        header = names(line, separator);
      } else if (!header.isEmpty()) {
        record(fields(line, separator));
      }
    } catch (BadRecord e) {
      e.tell(sink);
    }
  }

  private void record(List<String> fields) throws BadRecord {
    if (fields.size() != header.size()) {
      throw new BadRecord(fields.size() + " fields where " + header.size() + " were expected");
    }
    if (isBabelStream(header)) {
      babelStream(fields);
    } else {
      plain(fields);
    }
  }

  /** RFC 4180 leaves a line feed at the end to whoever writes; BabelStream writes one. */
  @Override
  public boolean mayEndWith(String line) {
    return !header.contains("n_elements");
  }

  @Override
  public void end() {
    // each line was told when it came
  }

  private String field(List<String> fields, String column) {
    int index = header.indexOf(column);
    return index < 0 ? "" : fields.get(index).strip();
  }

  private void babelStream(List<String> fields) throws BadRecord {
    String function = field(fields, header.contains("function") ? "function" : "phase");
    try {
      for (Map.Entry<String, String> bandwidth : BANDWIDTHS.entrySet()) {
        if (header.contains(bandwidth.getKey())) {
          new Measured(sink, function)
              .with("n_elements", field(fields, "n_elements"))
              .with("sizeof", field(fields, "sizeof"))
              .higher(
                  "throughput",
                  bandwidth.getValue(),
                  NumberText.parsed(field(fields, bandwidth.getKey())));
        }
      }
    } catch (BadRecord e) {
      throw e.of(function);
    }
  }

  private void plain(List<String> fields) throws BadRecord {
    String name = field(fields, "name");
    Measured measured = new Measured(sink, name);
    for (int i = 0; i < header.size(); i++) {
      if (!KNOWN.contains(header.get(i))) {
        measured.with(header.get(i), fields.get(i).strip());
      }
    }
    if (!field(fields, "device").isEmpty()) {
      measured.on(field(fields, "device"));
    }
    String metric = field(fields, "metric");
    String unit = field(fields, "unit");
    try {
      @Nullable Direction direction = JsonFields.direction(field(fields, "direction"));
      measured.add(
          metric.isEmpty() ? "time" : metric,
          unit.isEmpty() ? "s" : unit,
          direction,
          number(field(fields, "value")));
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }

  /** Where fields are separated by semicolons, the comma is free for fractions. */
  private double number(String text) throws BadRecord {
    boolean isComma = separator == ';' && text.indexOf('.') < 0 && text.matches("[^,]*,[^,]*");
    return NumberText.parsed(isComma ? text.replace(',', '.') : text);
  }

  private static List<String> fields(String line, char separator) throws BadRecord {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(separator).setTrailingData(true).get();
    try (CSVParser parser = CSVParser.parse(line, format)) {
      List<CSVRecord> records = parser.getRecords();
      List<String> fields = records.isEmpty() ? List.of("") : records.getFirst().toList();
      if (fields.size() > MOST_COLUMNS) {
        throw new BadRecord("too many fields");
      }
      return fields;
    } catch (IOException | UncheckedIOException e) {
      throw new BadRecord("a quoted field does not end");
    }
  }
}
