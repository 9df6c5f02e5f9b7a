package dev.nightjar.store.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands first in an archive.
 *
 * @param schema the version of the tables
 * @param sequences the last number that each gave out; one that gave none is missing
 * @param weeks the Mondays of the partitions of telemetry
 */
record Manifest(
    int schema,
    Instant madeAt,
    List<Content> tables,
    Map<String, Long> sequences,
    List<LocalDate> weeks) {
  private static final String MARK = "nightjar_export";
  private static final int VERSION = 1;

  /** What is in a table. */
  record Content(String key, List<String> columns, long rows) {}

  byte[] json() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put(MARK, VERSION).put("schema", schema).put("made_at", madeAt.toString());
    ArrayNode list = root.putArray("tables");
    for (Content content : tables) {
      ObjectNode node = list.addObject().put("table", content.key).put("rows", content.rows);
      content.columns.forEach(node.putArray("columns")::add);
    }
    ObjectNode numbers = root.putObject("sequences");
    sequences.forEach(numbers::put);
    ArrayNode mondays = root.putArray("weeks");
    weeks.forEach(week -> mondays.add(week.toString()));
    return JsonMapper.shared().writeValueAsBytes(root);
  }

  static Manifest read(byte[] json) throws DamagedArchive {
    try {
      JsonNode root = JsonMapper.shared().readTree(json);
      int version = root.path(MARK).asInt(0);
      if (version != VERSION) {
        throw new DamagedArchive(
            version > VERSION
                ? "it was made by a newer Nightjar"
                : "its manifest is none of a Nightjar export");
      }
      return new Manifest(
          root.path("schema").asInt(0),
          Instant.parse(root.path("made_at").asString("")),
          contents(root.path("tables")),
          sequences(root.path("sequences")),
          weeks(root.path("weeks")));
    } catch (JacksonException | DateTimeException e) {
      throw new DamagedArchive("its manifest cannot be read", e);
    }
  }

  private static List<Content> contents(JsonNode list) throws DamagedArchive {
    List<Content> tables = new ArrayList<>();
    for (JsonNode node : list) {
      List<String> columns = new ArrayList<>();
      node.path("columns").forEach(column -> columns.add(column.asString("")));
      tables.add(new Content(node.path("table").asString(""), columns, count(node.path("rows"))));
    }
    return tables;
  }

  private static Map<String, Long> sequences(JsonNode object) throws DamagedArchive {
    Map<String, Long> sequences = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      sequences.put(entry.getKey(), count(entry.getValue()));
    }
    return sequences;
  }

  private static List<LocalDate> weeks(JsonNode list) {
    List<LocalDate> weeks = new ArrayList<>();
    list.forEach(week -> weeks.add(LocalDate.parse(week.asString(""))));
    return weeks;
  }

  static long count(JsonNode node) throws DamagedArchive {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw new DamagedArchive("a count in it is no number");
    }
    return node.asLong();
  }
}
