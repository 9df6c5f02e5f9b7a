package dev.nightjar.formats.history;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What github-action-benchmark keeps in {@code data.js}, or in the JSON file of its cache: per name
 * of a suite a list of commits with their values. It knows no machines, so the suite stands for
 * one.
 *
 * <p>Of a line of Go with several values it keeps one record with all of their units, separated by
 * tabs, and one {@code NAME - UNIT} for each, the first of which says the same again.
 */
final class GithubActionHistory {
  private static final Pattern THREADS = Pattern.compile("threads: ([0-9]{1,6})");

  static final Layout LAYOUT = new Layout("entries", 6);

  private GithubActionHistory() {}

  static List<HistoryPoint> read(JsonNode root, Consumer<String> problems) {
    JsonNode entries = root.path("entries");
    if (!entries.isObject()) {
      throw new Failure.Misuse(
          "This is no history of github-action-benchmark: it has no 'entries'.");
    }
    List<HistoryPoint> points = new ArrayList<>();
    for (Map.Entry<String, JsonNode> suite : entries.properties()) {
      for (JsonNode entry : suite.getValue()) {
        readEntry(suite.getKey().replaceAll("\\p{Cntrl}", "?"), entry, points, problems);
      }
    }
    return points;
  }

  private static void readEntry(
      String suite, JsonNode entry, List<HistoryPoint> points, Consumer<String> problems) {
    String commit = HistoryFiles.text(entry.path("commit").path("id"), "");
    if (!entry.path("date").isNumber()) {
      problems.accept("An entry of '" + suite + "' has no date and is left out.");
      return;
    }
    Instant measuredAt = Instant.ofEpochMilli(entry.path("date").asLong());
    String tool = HistoryFiles.text(entry.path("tool"), "");
    HistoryPoint.Moment moment =
        new HistoryPoint.Moment(suite, commit.isEmpty() ? null : commit, null, measuredAt);
    for (JsonNode bench : entry.path("benches")) {
      String name = HistoryFiles.name(bench.path("name"), "");
      if (name.isEmpty() || !bench.path("value").isNumber()) {
        problems.accept(
            "A result %s of '%s' at %s is left out: it has no %s."
                .formatted(
                    name.isEmpty() ? "without a name" : "'" + name + "'",
                    suite,
                    commit.isEmpty() ? "an unknown commit" : commit,
                    name.isEmpty() ? "name" : "value that is a number"));
      } else if (!isSaidAgain(name, bench, entry.path("benches"))) {
        points.add(point(moment, tool, name, bench));
      }
    }
  }

  private static HistoryPoint point(
      HistoryPoint.Moment moment, String tool, String name, JsonNode bench) {
    String unit = firstUnit(bench);
    Direction said = said(tool);
    boolean isHigher = (said == null ? Unit.of(unit).better() : said) == Direction.HIGHER_IS_BETTER;
    String metric = isHigher ? "throughput" : Unit.of(unit).symbol().equals("s") ? "time" : "value";
    return HistoryPoint.of(
        moment, name, metric, unit, said, parameters(tool, bench), bench.path("value").asDouble());
  }

  /** Of a JMH result it keeps the number of threads in words alone. */
  private static SortedMap<String, String> parameters(String tool, JsonNode bench) {
    SortedMap<String, String> parameters = new TreeMap<>();
    Matcher threads = THREADS.matcher(bench.path("extra").asString(""));
    if (tool.equals("jmh") && threads.find() && !threads.group(1).equals("1")) {
      parameters.put("threads", threads.group(1));
    }
    return parameters;
  }

  private static String firstUnit(JsonNode bench) {
    String unit = bench.path("unit").asString("").split("\t", 2)[0];
    return unit.isBlank() ? "1" : unit.strip().replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean isSaidAgain(String name, JsonNode bench, JsonNode all) {
    String suffix = " - " + firstUnit(bench);
    for (JsonNode other : all) {
      boolean isItsLine = name.equals(other.path("name").asString("") + suffix);
      if (isItsLine && firstUnit(other).equals(firstUnit(bench))) {
        return true;
      }
    }
    return false;
  }

  /** Its two custom tools are the user's word for a direction, whatever the unit. */
  private static @Nullable Direction said(String tool) {
    return switch (tool) {
      case "customBiggerIsBetter" -> Direction.HIGHER_IS_BETTER;
      case "customSmallerIsBetter" -> Direction.LOWER_IS_BETTER;
      default -> null;
    };
  }
}
