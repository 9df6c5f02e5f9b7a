package dev.nightjar.site.section;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.ReportData;

/** A part of the page with a heading of its own. */
public interface Section {
  /** The anchor by which it is linked to. */
  String id();

  /** Its heading. */
  String title(ReportData data);

  /** A few words for the navigation, such as a count; empty for none. */
  String hint(ReportData data);

  /** Writes what stands under the heading. */
  void write(Markup html, ReportData data, PageAddresses addresses);
}
