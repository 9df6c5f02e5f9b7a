package dev.nightjar.formats.history;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that may be cut off or damaged: what stands before the damage is there. Lists and
 * objects above a depth hold what was read of them; one that is nested deeper is there whole or not
 * at all, as a record without its end could be taken for another one.
 */
final class DamagedJson {
  /** Python writes NaN and Infinity, which are no JSON: asv does, where a value was skipped. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // a member is read by itself
          .build();

  private final int recordDepth;
  private JsonNode root = JsonNodeFactory.instance.missingNode();

  /**
   * An empty document.
   *
   * @param recordDepth from which on what is nested counts only where it is whole; the document
   *     itself is at 1
   */
  DamagedJson(int recordDepth) {
    this.recordDepth = recordDepth;
  }

  /** Reads a text; gives what is wrong with it, absent if nothing is. */
  @Nullable JacksonException read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != null && first.isStructStart()) { // anything else holds no history
        root = empty(first);
        fill(root, parser, 1);
      }
      if (parser.nextToken() != null) {
        return new StreamReadException(parser, "more follows where the document should end");
      }
      return null;
    } catch (JacksonException e) {
      return e;
    }
  }

  private static JsonNode empty(JsonToken start) {
    return start == JsonToken.START_OBJECT
        ? JsonNodeFactory.instance.objectNode()
        : JsonNodeFactory.instance.arrayNode();
  }

  private void fill(JsonNode container, JsonParser parser, int depth) {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      String name = "";
      if (token == JsonToken.PROPERTY_NAME) {
        name = String.valueOf(parser.currentName());
        token = parser.nextToken();
      }
      if (!token.isStructStart() || depth + 1 >= recordDepth) {
        add(container, name, JSON.readTree(parser));
      } else {
        JsonNode inner = empty(token);
        add(container, name, inner);
        fill(inner, parser, depth + 1);
      }
    }
  }

  private static void add(JsonNode container, String name, JsonNode value) {
    if (container instanceof ObjectNode object) {
      object.set(name, value);
    } else {
      ((ArrayNode) container).add(value);
    }
  }

  JsonNode root() {
    return root;
  }
}
