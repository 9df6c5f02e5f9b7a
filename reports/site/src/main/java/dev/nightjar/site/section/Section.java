package dev.nightjar.site.section;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.Json;
import java.util.List;

/**
 * A part of the report: what it asks the store, and how that looks on the page, as JSON and as CSV.
 *
 * <p>A section is one folder, or one class where that is enough, and one line in {@code
 * ReportSections}. It keeps nothing between two reports. What it needs and the store does not hold,
 * it declares as an interface in its folder and takes in its constructor; whoever writes a report
 * hands it in through {@code ReportPorts}.
 *
 * @param <D> what it says of a run
 */
public interface Section<D> {
  /** The anchor by which it is linked to. */
  String id();

  /** Its heading. */
  String title(D data);

  /** A few words for the navigation, such as a count; empty for none. */
  default String hint(D data) {
    return "";
  }

  /** What it says of a run. */
  D read(ReportReading reading);

  /** Writes what stands under the heading. */
  void page(Markup html, D data, PageAddresses addresses);

  /** Writes its properties of the report's object; names of other sections are not its own. */
  default void json(Json json, D data) {}

  /** Its tables, each a file in the run's {@code data} folder. */
  default List<CsvTable<D>> tables() {
    return List.of();
  }
}
