package dev.nightjar.store.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a query gave.
 *
 * @param columns in their order
 * @param rows as many cells each as there are columns; a missing value is {@code null}
 * @param isTruncated whether there were more rows than were asked for
 */
public record QueryResult(
    List<Column> columns, List<List<@Nullable String>> rows, boolean isTruncated) {

  /** A column's name and what its texts mean. */
  public record Column(String name, Kind kind) {}

  /** What a cell's text is. */
  public enum Kind {
    /** A decimal number, or NaN or Infinity. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A JSON document. */
    JSON,
    /** Anything else; a time is ISO 8601 in UTC, bytes are hex behind {@code \x}. */
    TEXT
  }
}
