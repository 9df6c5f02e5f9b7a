package dev.nightjar.store.archive;

import java.util.List;
import java.util.stream.Collectors;

/** A table as the catalog of a database names it, and the columns that can be written. */
record KeptTable(String schema, String name, List<String> columns) {
  /** What it is called in an archive. */
  String key() {
    return schema + "." + name;
  }

  /** For a statement. */
  String quoted() {
    return quoted(schema) + "." + quoted(name);
  }

  String copyOut() {
    return "copy (select " + columnList() + " from " + quoted() + ") to stdout";
  }

  String copyIn() {
    return "copy " + quoted() + " (" + columnList() + ") from stdin";
  }

  private String columnList() {
    return columns.stream().map(KeptTable::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
