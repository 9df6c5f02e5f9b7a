package dev.nightjar.bench.results;

import dev.nightjar.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code go test -bench} prints: a line for each count of each benchmark, all of which are
 * kept. The number after the name's last hyphen is GOMAXPROCS.
 */
final class GoBenchText implements LineFormat {
  private static final Pattern NAME = Pattern.compile("(Benchmark[^\\s]*?)(?:-([0-9]{1,5}))?");

  private String packageName = "";

  static boolean recognises(String line) {
    return line.startsWith("goos: ") || line.matches("Benchmark\\S*\\s+[0-9]+\\s+\\S+ \\S+.*");
  }

  @Override
  public void line(String line, ResultSink sink) throws BadRecord {
    if (line.startsWith("pkg: ")) {
      packageName = line.substring("pkg: ".length()).strip();
    } else if (line.startsWith("--- FAIL: Benchmark")) {
      Matcher failed = NAME.matcher(line.substring("--- FAIL: ".length()).split("\\s", 2)[0]);
      throw failed.matches()
          ? BadRecord.ofFailure(prefix() + failed.group(1), "go test says that it failed")
          : new BadRecord("a benchmark failed: " + line.strip());
    } else if (line.startsWith("--- FAIL") || line.startsWith("panic:")) {
      throw new BadRecord("a test failed: " + line.strip());
    } else if (line.startsWith("Benchmark")) {
      result(line, sink);
    }
  }

  @Override
  public boolean mayEndWith(String line) {
    return !line.startsWith("Benchmark");
  }

  private void result(String line, ResultSink sink) throws BadRecord {
    List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+", 40)));
    Matcher name = NAME.matcher(words.getFirst());
    if (words.size() == 1 || !name.matches()) {
      return; // the name alone is printed before the benchmark runs with -v
    }
    if (words.size() < 4 || words.size() % 2 != 0 || !words.get(1).matches("[0-9]+")) {
      throw new BadRecord("'" + name.group(1) + "' is not followed by its count and values");
    }
    Measured measured = new Measured(sink, prefix() + name.group(1));
    if (name.group(2) != null) {
      measured.with("gomaxprocs", name.group(2));
    }
    for (int i = 2; i < words.size(); i += 2) {
      value(measured, JsonFormats.parsed(words.get(i)), words.get(i + 1));
    }
  }

  private String prefix() {
    return packageName.isEmpty() ? "" : packageName + ".";
  }

  private static void value(Measured measured, double value, String unit) throws BadRecord {
    switch (unit) {
      case "ns/op" -> measured.lower("time", "ns", value);
      case "B/op" -> measured.lower("allocated", "By", value);
      case "allocs/op" -> measured.lower("allocations", "{allocation}", value);
      case "MB/s" -> measured.higher("throughput", "MBy/s", value);
      default ->
          measured.add(
              unit,
              "1",
              unit.endsWith("/s") || unit.endsWith("/sec")
                  ? Direction.HIGHER_IS_BETTER
                  : Direction.LOWER_IS_BETTER,
              value);
    }
  }
}
