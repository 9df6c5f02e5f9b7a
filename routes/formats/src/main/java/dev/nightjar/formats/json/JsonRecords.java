package dev.nightjar.formats.json;

import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.ResultSink;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goes through a JSON document as a stream and gives the records of its containers, each as a small
 * tree: memory is bound by the largest record allowed, not by the file. Of a document that breaks
 * within a record, what stands before may be read too.
 */
public final class JsonRecords {
  private static final int MOST_NODES = 500_000;

  static final JsonFactory FACTORY =
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
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE) // another document may follow
          .build();

  private final JsonDocument document;
  private final ResultSink sink;
  private final JsonParser parser;

  /** The record that is being read, whose reader and name; absent between two. */
  private @Nullable Unfinished unfinished;

  private int nodesLeft;

  /** Whether a number stands last of all that was read, so that it may lack digits. */
  private boolean isAfterNumber;

  private record Unfinished(RecordReader reader, String name, JsonNode record) {}

  private JsonRecords(JsonDocument document, ResultSink sink, JsonParser parser) {
    this.document = document;
    this.sink = sink;
    this.parser = parser;
  }

  /** Gives the whole document as one record, or every record of a list at the top. */
  public static void top(JsonDocument document, ResultSink sink, RecordReader reader)
      throws IOException {
    parsed(
        document,
        sink,
        records -> {
          if (records.parser.nextToken() == JsonToken.START_ARRAY) {
            records.container(reader);
          } else if (records.parser.currentToken() != null) {
            records.record("", reader);
          }
        });
  }

  /**
   * Gives, in one pass, every record of the containers at these paths; a path that the document has
   * not gives none.
   *
   * @param readers by path: names from the top, with slashes between
   */
  public static void each(JsonDocument document, ResultSink sink, Map<String, RecordReader> readers)
      throws IOException {
    parsed(
        document,
        sink,
        records -> {
          records.parser.nextToken();
          records.descend("", readers);
        });
  }

  /**
   * Gives every record of the container {@code inner} of each object of the list {@code list}, with
   * the object's {@code name}, which has to stand before: so that of an object that is cut off the
   * records before the cut are kept.
   */
  public static void eachWithin(
      JsonDocument document, String list, String inner, ResultSink sink, RecordReader reader)
      throws IOException {
    parsed(document, sink, records -> records.lists(list, inner, reader));
  }

  private static void parsed(JsonDocument document, ResultSink sink, Pass pass) throws IOException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document.text())) {
      JsonRecords records = new JsonRecords(document, sink, parser);
      try {
        pass.over(records);
        records.readToTheEnd();
        document.ended(parser.currentLocation());
      } catch (JacksonIOException e) {
        throw e.getCause();
      } catch (JacksonException e) {
        document.broke(e);
        records.broken();
      }
    }
  }

  /** Goes over the rest of a document in which nothing is wanted. */
  public static void skip(JsonDocument document) throws IOException {
    parsed(document, new ResultSink(), records -> records.parser.nextToken());
  }

  private void lists(String list, String inner, RecordReader reader) {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isList = list.equals(parser.currentName());
      if (parser.nextToken() == JsonToken.START_ARRAY && isList) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          within(inner, reader);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void within(String inner, RecordReader reader) {
    String name = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String property = parser.currentName();
      JsonToken value = parser.nextToken();
      if ("name".equals(property) && value == JsonToken.VALUE_STRING) {
        name = parser.getString();
      } else if (inner.equals(property) && value.isStructStart()) {
        String outer = name;
        container((none, record) -> reader.read(outer, record));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void descend(String above, Map<String, RecordReader> readers) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = above + parser.currentName();
      JsonToken value = parser.nextToken();
      RecordReader reader = readers.get(path);
      if (reader != null) {
        container(reader);
      } else if (value == JsonToken.START_OBJECT
          && readers.keySet().stream().anyMatch(wanted -> wanted.startsWith(path + "/"))) {
        descend(path + "/", readers);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** What stands behind the records holds none, but a document that is cut off there is damaged. */
  private void readToTheEnd() {
    parser.skipChildren();
    while (!parser.streamReadContext().inRoot() && parser.nextToken() != null) {
      parser.skipChildren();
    }
  }

  private void container(RecordReader reader) {
    JsonToken end =
        parser.currentToken() == JsonToken.START_ARRAY ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
    if (!parser.currentToken().isStructStart()) {
      sink.at(document.line(parser.currentLocation()));
      sink.lost(null, "a list of results was expected here");
      return;
    }
    while (parser.nextToken() != end) {
      String name = "";
      if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
        name = String.valueOf(parser.currentName());
        parser.nextToken();
      }
      record(name, reader);
    }
  }

  private void record(String name, RecordReader reader) {
    boolean isStruct = parser.currentToken() != null && parser.currentToken().isStructStart();
    int depth = parser.streamReadContext().getNestingDepth();
    long line = document.line(parser.currentTokenLocation());
    try {
      JsonNode record = tree(name, reader);
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
  private JsonNode tree(String name, RecordReader reader) throws BadRecord {
    nodesLeft = MOST_NODES;
    JsonNode record = value();
    unfinished = new Unfinished(reader, name, record);
    try {
      fill(record);
    } catch (BadRecord e) {
      unfinished = null;
      throw e;
    }
    unfinished = null;
    return record;
  }

  private JsonToken next() {
    JsonToken token = parser.nextToken();
    isAfterNumber = false;
    return token;
  }

  /** Reads what a container holds; each is put into its place first, so that a part is one too. */
  private void fill(JsonNode container) throws BadRecord {
    if (container instanceof ObjectNode object) {
      while (next() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        next();
        JsonNode value = value();
        object.set(name, value);
        fill(value);
      }
    } else if (container instanceof ArrayNode array) {
      while (next() != JsonToken.END_ARRAY) {
        JsonNode value = value();
        array.add(value);
        fill(value);
      }
    }
  }

  private JsonNode value() throws BadRecord {
    if (--nodesLeft < 0) {
      throw new BadRecord("one record holds more than " + MOST_NODES + " values");
    }
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> nodes.objectNode();
      case START_ARRAY -> nodes.arrayNode();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        isAfterNumber = true;
        yield number();
      }
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_STRING -> nodes.stringNode(parser.getString());
      default -> nodes.nullNode();
    };
  }

  private JsonNode number() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return nodes.numberNode(parser.getDoubleValue());
    }
    // A parameter keeps its digits, which a double has not for large integers.
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? nodes.numberNode(parser.getBigIntegerValue())
        : nodes.numberNode(parser.getLongValue());
  }

  /** Of a document that cannot be read further, takes what is whole of the record it breaks in. */
  private void broken() {
    Unfinished within = unfinished;
    String reason = "the rest of the file: " + document.damage();
    sink.at(document.damagedLine());
    if (within == null) {
      sink.lost(null, reason);
      return;
    }
    if (isAfterNumber) {
      withoutLast(within.record());
    }
    String name = within.reader().name(within.name(), within.record());
    sink.lost(name.isBlank() ? null : name, reason);
    try {
      within.reader().readPart(within.name(), within.record());
    } catch (BadRecord bad) {
      bad.tell(sink);
    }
  }

  /** Takes away what was read last, a number of which digits may be missing. */
  private static void withoutLast(JsonNode container) {
    if (container instanceof ObjectNode object && !object.isEmpty()) {
      String last = "";
      for (String name : object.propertyNames()) {
        last = name;
      }
      if (object.path(last).isContainer()) {
        withoutLast(object.path(last));
      } else {
        object.remove(last);
      }
    } else if (container instanceof ArrayNode array && !array.isEmpty()) {
      JsonNode last = array.get(array.size() - 1);
      if (last.isContainer()) {
        withoutLast(last);
      } else {
        array.remove(array.size() - 1);
      }
    }
  }

  /** Turns one record into values. */
  @FunctionalInterface
  public interface RecordReader {
    void read(String name, JsonNode record) throws BadRecord;

    /**
     * Takes what values there are of a record that its document breaks in: none, unless the tool
     * writes all that tells whose they are before them.
     */
    default void readPart(String name, JsonNode part) throws BadRecord {}

    /** Of which benchmark such a record is; empty where that is not told yet. */
    default String name(String name, JsonNode part) {
      return name.isEmpty()
          ? JsonFields.firstText(
              part, "benchmark", "run_name", "fullname", "FullName", "command", "name")
          : name;
    }
  }

  @FunctionalInterface
  private interface Pass {
    void over(JsonRecords records);
  }
}
