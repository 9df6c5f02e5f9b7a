package dev.nightjar.formats.json;

import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goes through a JSON file as a stream and gives the records of its containers, each as a small
 * tree: memory is bound by the largest record allowed, not by the file.
 */
public final class JsonRecords {
  private static final int MOST_NODES = 500_000;

  /** These hold records of which the first one tells the format, wherever its file ends. */
  private static final Set<String> TELLING = Set.of("benchmarks", "Benchmarks", "results");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(100)
                  .maxStringLength(1 << 20)
                  .maxNameLength(10_000)
                  .build())
          // Python writes NaN and Infinity; as values they are refused one by one.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private JsonRecords() {}

  /**
   * What tells the format.
   *
   * @param names at the top: of the object itself, or of an array's first object after "[]"; of the
   *     first record of a list {@code benchmarks}, as {@code benchmarks/NAME}
   * @param damagedLine where the file cannot be read further, as far as it was looked at; 0 if it
   *     can
   */
  public record Shape(Set<String> names, long damagedLine, String damage) {
    public boolean has(String... all) {
      return names.containsAll(List.of(all));
    }
  }

  public static Shape shape(ResultText text) throws IOException {
    try (Reader in = text.open(null)) {
      return shape(in);
    }
  }

  /** That of a text, as far as it goes. */
  public static Shape shape(Reader in) {
    Set<String> names = new LinkedHashSet<>();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        names.add("[]");
        first = parser.nextToken();
      }
      while (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        names.add(name);
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_ARRAY
            && TELLING.contains(name)
            && tells(parser, name, names)) {
          break;
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // What was seen before the damage may tell the format.
      return new Shape(names, Math.max(1, line(e.getLocation())), reason(e));
    }
    return new Shape(names, 0, "");
  }

  /** Looks at the first record of a list, which is what is wanted of the file. */
  private static boolean tells(JsonParser parser, String list, Set<String> names) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      names.add(list + "/" + parser.currentName());
      parser.nextToken();
      parser.skipChildren();
    }
    return true;
  }

  private static String reason(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage()).split("\n", 2)[0];
    return message.replaceFirst(" \\(start marker at \\[Source: .*", ""); // it names no place
  }

  /** Gives the whole file as one record, or every record of a list at the top. */
  public static void top(ResultText text, ResultSink sink, RecordReader reader) throws IOException {
    parsed(
        text,
        sink,
        parser -> {
          if (parser.nextToken() == JsonToken.START_ARRAY) {
            container(parser, sink, reader);
          } else if (parser.currentToken() != null) {
            record(parser, "", sink, reader);
          }
        });
  }

  /**
   * Gives, in one pass, every record of the containers at these paths; a path that the file has not
   * gives none.
   *
   * @param readers by path: names from the top, with slashes between
   * @return whether the file is whole; else its last record, if it is a number, may be cut off
   */
  public static boolean each(ResultText text, ResultSink sink, Map<String, RecordReader> readers)
      throws IOException {
    return parsed(
        text,
        sink,
        parser -> {
          parser.nextToken();
          descend(parser, "", sink, readers);
        });
  }

  /**
   * Gives every record of the container {@code inner} of each object of the list {@code list}, with
   * the object's {@code name}, which has to stand before: so that of an object that is cut off the
   * records before the cut are kept.
   */
  public static void eachWithin(
      ResultText text, String list, String inner, ResultSink sink, RecordReader reader)
      throws IOException {
    parsed(
        text,
        sink,
        parser -> {
          parser.nextToken();
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isList = list.equals(parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY && isList) {
              while (parser.nextToken() == JsonToken.START_OBJECT) {
                within(parser, inner, sink, reader);
              }
            } else {
              parser.skipChildren();
            }
          }
        });
  }

  private static void within(
      JsonParser parser, String inner, ResultSink sink, RecordReader reader) {
    String name = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String property = parser.currentName();
      JsonToken value = parser.nextToken();
      if ("name".equals(property) && value == JsonToken.VALUE_STRING) {
        name = parser.getString();
      } else if (inner.equals(property) && value.isStructStart()) {
        String outer = name;
        container(parser, sink, (none, record) -> reader.read(outer, record));
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Whether the document could be read to its end. */
  private static boolean parsed(ResultText text, ResultSink sink, Pass pass) throws IOException {
    try (Reader in = text.open(sink);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      pass.over(parser);
      readToTheEnd(parser, sink);
      return true;
    } catch (JacksonException e) {
      sink.at(line(e.getLocation()));
      sink.leftOut(null, "the rest of the file: " + reason(e));
      return false;
    }
  }

  private static void descend(
      JsonParser parser, String above, ResultSink sink, Map<String, RecordReader> readers) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = above + parser.currentName();
      JsonToken value = parser.nextToken();
      RecordReader reader = readers.get(path);
      if (reader != null) {
        container(parser, sink, reader);
      } else if (value == JsonToken.START_OBJECT
          && readers.keySet().stream().anyMatch(wanted -> wanted.startsWith(path + "/"))) {
        descend(parser, path + "/", sink, readers);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** What stands behind the records holds none, but a file that is cut off there is damaged. */
  private static void readToTheEnd(JsonParser parser, ResultSink sink) {
    while (!parser.streamReadContext().inRoot() && parser.nextToken() != null) {
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      sink.at(line(parser.currentLocation()));
      sink.leftOut(null, "more follows where the document should end");
    }
  }

  private static void container(JsonParser parser, ResultSink sink, RecordReader reader) {
    JsonToken end =
        parser.currentToken() == JsonToken.START_ARRAY ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
    if (!parser.currentToken().isStructStart()) {
      sink.at(line(parser.currentLocation()));
      sink.leftOut(null, "a list of results was expected here");
      return;
    }
    while (parser.nextToken() != end) {
      if (parser.currentToken() == null) {
        sink.at(line(parser.currentLocation()));
        sink.leftOut(null, "the rest of the file: it ends within its results");
        return;
      }
      String name = "";
      if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
        name = String.valueOf(parser.currentName());
        parser.nextToken();
      }
      record(parser, name, sink, reader);
    }
  }

  private static void record(JsonParser parser, String name, ResultSink sink, RecordReader reader) {
    boolean isStruct = parser.currentToken() != null && parser.currentToken().isStructStart();
    int depth = parser.streamReadContext().getNestingDepth();
    long line = line(parser.currentTokenLocation());
    try {
      JsonNode record = tree(parser, new int[] {MOST_NODES});
      sink.at(line);
      reader.read(name, record);
    } catch (BadRecord e) {
      sink.at(line);
      e.tell(sink);
      // A record that was too large was left in its middle: on to its end, where the context is
      // its parent's already. One that was read whole is at its end.
      while (isStruct
          && parser.currentToken() != null
          && parser.streamReadContext().getNestingDepth() >= depth) {
        parser.nextToken();
      }
    }
  }

  /** Reads the value at the parser; one that is too large is read past and refused. */
  private static JsonNode tree(JsonParser parser, int[] nodesLeft) throws BadRecord {
    if (--nodesLeft[0] < 0) {
      throw new BadRecord("one record holds more than " + MOST_NODES + " values");
    }
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = nodes.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, tree(parser, nodesLeft));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(parser, nodesLeft));
        }
        yield array;
      }
      // A parameter keeps its digits, which a double has not for large integers.
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_STRING -> nodes.stringNode(parser.getString());
      default -> nodes.nullNode();
    };
  }

  private static JsonNode integer(JsonParser parser) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? nodes.numberNode(parser.getBigIntegerValue())
        : nodes.numberNode(parser.getLongValue());
  }

  static long line(TokenStreamLocation location) {
    return location == null ? 0 : Math.max(0, location.getLineNr());
  }

  /** Turns one record into values. */
  @FunctionalInterface
  public interface RecordReader {
    void read(String name, JsonNode record) throws BadRecord;
  }

  @FunctionalInterface
  private interface Pass {
    void over(JsonParser parser);
  }
}
