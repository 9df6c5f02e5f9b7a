package dev.nightjar.formats.json;

import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.model.Direction;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the readers of JSON take from a record. */
public final class JsonFields {
  private static final int MOST_DIGITS = 40;

  private JsonFields() {}

  public static double number(JsonNode record, String name) throws BadRecord {
    JsonNode value = record.path(name);
    if (value.isNumber()) {
      return value.doubleValue();
    }
    throw new BadRecord("'" + name + "' is missing or no number");
  }

  public static String text(JsonNode record, String name) {
    return record.path(name).isString() ? record.path(name).stringValue() : "";
  }

  /** A text that may be left out; what is no text is a mistake and no default. */
  public static String optionalText(JsonNode record, String name) throws BadRecord {
    JsonNode value = record.path(name);
    if (value.isString() || value.isMissingNode() || value.isNull()) {
      return text(record, name);
    }
    throw new BadRecord("its '" + name + "' is no text");
  }

  /** The first of these that has a text. */
  public static String firstText(JsonNode record, String... names) {
    for (String name : names) {
      if (!text(record, name).isBlank()) {
        return text(record, name);
      }
    }
    return "";
  }

  /** Names and texts of an object's values; without it a value would be of another series. */
  public static Map<String, String> parameters(JsonNode record, String name) throws BadRecord {
    JsonNode object = record.path(name);
    if (!object.isObject() && !object.isMissingNode() && !object.isNull()) {
      throw new BadRecord("its '" + name + "' are no names with values");
    }
    Map<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      parameters.put(entry.getKey(), plainText(entry.getValue()));
    }
    return parameters;
  }

  /** A value as a person would write it; integers with all of their digits. */
  public static String plainText(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isFloatingPointNumber()
        && value.doubleValue() == Math.rint(value.doubleValue())
        && Double.isFinite(value.doubleValue())) {
      String digits = new BigDecimal(value.doubleValue()).toPlainString();
      return digits.length() <= MOST_DIGITS ? digits : value.toString();
    }
    return value.isMissingNode() ? "" : value.toString();
  }

  /** The user's word for a direction; absent where there is none. */
  public static @Nullable Direction direction(String word) throws BadRecord {
    return switch (word.strip()) {
      case "" -> null;
      case "lower" -> Direction.LOWER_IS_BETTER;
      case "higher" -> Direction.HIGHER_IS_BETTER;
      default -> throw new BadRecord("'" + word + "' is no direction: use lower or higher");
    };
  }
}
