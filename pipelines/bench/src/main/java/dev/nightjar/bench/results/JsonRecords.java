package dev.nightjar.bench.results;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Goes through a JSON file as a stream and gives the records of one of its containers, each as a
 * small tree: memory is bound by the largest record allowed, not by the file.
 */
final class JsonRecords {
  private static final int MOST_NODES = 500_000;
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
          .build();

  private JsonRecords() {}

  /**
   * What tells the format.
   *
   * @param names at the top: of the object itself, or of an array's first object after "[]"
   * @param damagedLine where the file cannot be read further, as far as it was looked at; 0 if it
   *     can
   */
  record Shape(Set<String> names, long damagedLine, String damage) {
    boolean has(String... all) {
      return names.containsAll(List.of(all));
    }
  }

  static Shape shape(Path file) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try (InputStream in = open(file);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        names.add("[]");
        first = parser.nextToken();
      }
      while (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        names.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // What was seen before the damage may tell the format.
      return new Shape(names, Math.max(1, line(e.getLocation())), reason(e));
    }
    return new Shape(names, 0, "");
  }

  private static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).split("\n", 2)[0];
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** Gives every record of the container at a path of names; no names mean the top itself. */
  static void each(Path file, List<String> path, ResultSink sink, Reader reader)
      throws IOException {
    try (InputStream in = open(file);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      if (!goTo(parser, path)) {
        sink.leftOut(line(parser.currentLocation()), null, "it ends before '" + last(path) + "'");
        return;
      }
      container(parser, sink, reader);
      readToTheEnd(parser, sink);
    } catch (JacksonException e) {
      sink.leftOut(line(e.getLocation()), null, reason(e));
    }
  }

  /** Gives the whole file as one record. */
  static void whole(Path file, ResultSink sink, Reader reader) throws IOException {
    try (InputStream in = open(file);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      record(parser, "", sink, reader);
      readToTheEnd(parser, sink);
    } catch (JacksonException e) {
      sink.leftOut(line(e.getLocation()), null, reason(e));
    }
  }

  /**
   * Gives every record of the container {@code inner} of each object in the container at a path,
   * with the object's {@code name}, which has to stand before: so that of an object that is cut off
   * the records before the cut are kept.
   */
  static void eachWithin(Path file, List<String> path, String inner, ResultSink sink, Reader reader)
      throws IOException {
    try (InputStream in = open(file);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      if (!goTo(parser, path) || parser.currentToken() != JsonToken.START_ARRAY) {
        sink.leftOut(line(parser.currentLocation()), null, "it ends before '" + last(path) + "'");
        return;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        within(parser, inner, sink, reader);
      }
      readToTheEnd(parser, sink);
    } catch (JacksonException e) {
      sink.leftOut(line(e.getLocation()), null, reason(e));
    }
  }

  private static void within(JsonParser parser, String inner, ResultSink sink, Reader reader) {
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

  /**
   * Gives, in one pass, every record of the containers at these paths; a path that the file has not
   * gives none.
   *
   * @param readers by path: names from the top, each but the last followed by a slash
   */
  static void eachAt(Path file, ResultSink sink, Map<String, Reader> readers) throws IOException {
    try (InputStream in = open(file);
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      descend(parser, "", sink, readers);
      readToTheEnd(parser, sink);
    } catch (JacksonException e) {
      sink.leftOut(line(e.getLocation()), null, reason(e));
    }
  }

  private static void descend(
      JsonParser parser, String above, ResultSink sink, Map<String, Reader> readers) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = above + parser.currentName();
      JsonToken value = parser.nextToken();
      Reader reader = readers.get(path);
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
      sink.leftOut(
          line(parser.currentLocation()), null, "more follows where the document should end");
    }
  }

  private static String last(List<String> path) {
    return path.isEmpty() ? "a value" : path.getLast();
  }

  private static boolean goTo(JsonParser parser, List<String> path) {
    for (String wanted : path) {
      if (parser.currentToken() != JsonToken.START_OBJECT || !goInto(parser, wanted)) {
        return false;
      }
    }
    return true;
  }

  private static boolean goInto(JsonParser parser, String wanted) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = wanted.equals(parser.currentName());
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static void container(JsonParser parser, ResultSink sink, Reader reader) {
    JsonToken end =
        parser.currentToken() == JsonToken.START_ARRAY ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
    if (!parser.currentToken().isStructStart()) {
      sink.leftOut(line(parser.currentLocation()), null, "a list of results was expected here");
      return;
    }
    while (parser.nextToken() != end) {
      if (parser.currentToken() == null) {
        sink.leftOut(line(parser.currentLocation()), null, "it ends within its results");
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

  private static void record(JsonParser parser, String name, ResultSink sink, Reader reader) {
    long line = line(parser.currentTokenLocation());
    boolean isStruct = parser.currentToken() != null && parser.currentToken().isStructStart();
    int depth = parser.streamReadContext().getNestingDepth();
    try {
      reader.read(name, tree(parser, new int[] {MOST_NODES}));
    } catch (BadRecord e) {
      e.tell(sink, line);
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
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_STRING -> nodes.stringNode(parser.getString());
      default -> nodes.nullNode();
    };
  }

  static long line(TokenStreamLocation location) {
    return location == null ? 0 : Math.max(0, location.getLineNr());
  }

  /** Turns one record into values. */
  interface Reader {
    void read(String name, JsonNode record) throws BadRecord;
  }
}
