package dev.nightjar.gate.statistics.series;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Failure;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A series and its change points as JSON: {@code {"series":[1.5,null,2]}} in, {@code
 * {"change_points":[{"index":2,"kind":"step","confidence":0.99,"before":1.5,"after":2}]}} out; a
 * kink has {@code level}, {@code slope_before} and {@code slope_after} instead.
 */
public final class ChangePointsJson {
  private static final String SHAPE = "{\"series\":[numbers or null]}";

  /** What the parser adds for programmers: its settings, and where it stood in which source. */
  private static final Pattern FOR_PROGRAMMERS = Pattern.compile(": enable `.*| \\(start marker.*");

  private ChangePointsJson() {}

  /**
   * The series of a document, NaN where it holds {@code null}. Other keys are left alone.
   *
   * @param name of the input, for people
   * @throws Failure.Misuse when it is no such document
   */
  public static double[] read(InputStream in, String name) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(in);
    } catch (JacksonException e) {
      throw new Failure.Misuse(
          name + " is no JSON: " + reason(e) + ": it must read " + SHAPE + ".", e);
    }
    if (!(root.get("series") instanceof ArrayNode series)) {
      throw new Failure.Misuse(name + " holds no series: it must read " + SHAPE + ".");
    }
    double[] values = new double[series.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(series.get(i), i, name);
    }
    return values;
  }

  private static String reason(JacksonException e) {
    var place = e.getLocation();
    String where =
        place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    String message = FOR_PROGRAMMERS.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return where + message.replaceAll("\\p{Cntrl}", "?");
  }

  private static double value(JsonNode node, int index, String name) {
    if (node.isNull()) {
      return Double.NaN;
    }
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new Failure.Misuse(
          "%s: series[%d] is neither null nor a number that a double can hold."
              .formatted(name, index));
    }
    return value;
  }

  /** The document that tells of the changes, in their order; all its numbers are finite. */
  public static String write(List<ChangePoint> steps, List<Kink> kinks) {
    SortedMap<Integer, ObjectNode> changes = new TreeMap<>();
    for (ChangePoint step : steps) {
      ObjectNode change = change(step.index(), "step", step.confidence());
      changes.put(step.index(), change.put("before", step.before()).put("after", step.after()));
    }
    for (Kink kink : kinks) {
      ObjectNode change = change(kink.index(), "kink", kink.confidence());
      change.put("level", kink.level());
      change.put("slope_before", kink.slopeBefore()).put("slope_after", kink.slopeAfter());
      changes.put(kink.index(), change);
    }
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.putArray("change_points").addAll(changes.values());
    return JsonMapper.shared().writeValueAsString(root);
  }

  private static ObjectNode change(int index, String kind, double confidence) {
    ObjectNode change = JsonMapper.shared().createObjectNode();
    return change.put("index", index).put("kind", kind).put("confidence", confidence);
  }
}
