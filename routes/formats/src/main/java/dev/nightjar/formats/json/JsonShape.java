package dev.nightjar.formats.json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * What tells a document's format.
 *
 * @param names at the top: of the object itself, or of an array's first object after "[]"; of the
 *     first record of a list {@code benchmarks}, as {@code benchmarks/NAME}
 * @param isEmptyList whether it is a list of nothing
 * @param isDamaged whether it cannot be read further, as far as it was looked at
 */
public record JsonShape(Set<String> names, boolean isEmptyList, boolean isDamaged) {
  /** These hold records of which the first one tells the format, wherever its file ends. */
  private static final Set<String> TELLING = Set.of("benchmarks", "Benchmarks", "results");

  /** A mapping, whose first record tells. */
  private static final String METRICS = "metrics";

  private static final Set<String> TYPED_METRIC = Set.of("metrics/type", "metrics/contains");

  /** That of a document, as far as it goes. */
  public static JsonShape of(JsonDocument document) {
    Set<String> names = new LinkedHashSet<>();
    boolean isEmptyList = false;
    try (JsonParser parser =
        JsonRecords.FACTORY.createParser(ObjectReadContext.empty(), document.text())) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        first = parser.nextToken();
        isEmptyList = first == JsonToken.END_ARRAY;
        names.add("[]");
      }
      while (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        names.add(name);
        if (tells(parser, name, parser.nextToken(), names)) {
          break;
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // What was seen before the damage may tell the format.
      document.broke(e);
      return new JsonShape(names, isEmptyList, true);
    }
    return new JsonShape(names, isEmptyList, false);
  }

  /** Looks at the first record, which may be all that is wanted of the document. */
  private static boolean tells(JsonParser parser, String name, JsonToken value, Set<String> names) {
    if (value == JsonToken.START_ARRAY && TELLING.contains(name)) {
      return parser.nextToken() == JsonToken.START_OBJECT && addNames(parser, name, names);
    }
    return value == JsonToken.START_OBJECT && name.equals(METRICS) && metricTells(parser, names);
  }

  private static boolean metricTells(JsonParser parser, Set<String> names) {
    boolean isFirst = true;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (parser.nextToken() == JsonToken.START_OBJECT && isFirst) {
        addNames(parser, METRICS, names);
        if (names.containsAll(TYPED_METRIC)) {
          return true;
        }
      } else {
        parser.skipChildren();
      }
      isFirst = false;
    }
    return false;
  }

  private static boolean addNames(JsonParser parser, String above, Set<String> names) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      names.add(above + "/" + parser.currentName());
      parser.nextToken();
      parser.skipChildren();
    }
    return true;
  }

  public boolean has(String... all) {
    return names.containsAll(List.of(all));
  }
}
