package dev.nightjar.site.report;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.DataFile;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A section with what it says of a run. */
public record Part<D>(Section<D> section, D data) {
  static <D> Part<D> read(Section<D> section, ReportReading reading) {
    return new Part<>(section, reading.of(section));
  }

  /** The anchor by which it is linked to. */
  public String id() {
    return section.id();
  }

  /** Its heading. */
  public String title() {
    return section.title(data);
  }

  /** A few words for the navigation; empty for none. */
  public String hint() {
    return section.hint(data);
  }

  /** Writes what stands under the heading. */
  public void page(Markup html, PageAddresses addresses) {
    section.page(html, data, addresses);
  }

  void json(Json json) {
    section.json(json, data);
  }

  /** Its tables. */
  public List<Table> tables() {
    return section.tables().stream().map(table -> new Table(table.file(), rows(table))).toList();
  }

  private Rows rows(CsvTable<D> table) {
    return out -> table.rows().write(data, new Csv(out));
  }

  /** A table with its rows. */
  public record Table(DataFile file, Rows rows) {}

  /** Writes a table's rows. */
  @FunctionalInterface
  public interface Rows {
    void write(Writer out) throws IOException;
  }
}
