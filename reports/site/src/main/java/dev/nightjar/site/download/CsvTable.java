package dev.nightjar.site.download;

import java.io.IOException;

/**
 * A table of what a section says. Column names are those of the database's views.
 *
 * @param file where it is written
 * @param rows writes its heads and rows
 */
public record CsvTable<D>(DataFile file, Rows<D> rows) {
  /** A table of this name. */
  public CsvTable(String fileName, String description, Rows<D> rows) {
    this(new DataFile(fileName, description), rows);
  }

  /** What stands in a table. */
  @FunctionalInterface
  public interface Rows<D> {
    void write(D data, Csv csv) throws IOException;
  }
}
