package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.download.DataFile;
import java.util.ArrayList;
import java.util.List;

/** Every number of the page, to take away. */
public final class DownloadsSection implements Section<List<DataFile>> {
  private final List<DataFile> files = new ArrayList<>(List.of(DataFile.REPORT));

  /** The files of these sections. */
  public DownloadsSection(List<Section<?>> sections) {
    for (Section<?> section : sections) {
      section.tables().forEach(table -> files.add(table.file()));
    }
  }

  @Override
  public String id() {
    return "data";
  }

  @Override
  public String title(List<DataFile> data) {
    return "The data";
  }

  @Override
  public List<DataFile> read(ReportReading reading) {
    return files();
  }

  /** The files, in the order of their sections. */
  public List<DataFile> files() {
    return List.copyOf(files);
  }

  @Override
  public void page(Markup html, List<DataFile> data, PageAddresses addresses) {
    html.in(
        "dl",
        at("class", "files"),
        () -> data.forEach(file -> html.in("div", () -> entry(html, file, addresses))));
  }

  private static void entry(Markup html, DataFile file, PageAddresses addresses) {
    String address = addresses.data(file.fileName());
    html.in("dt", () -> html.leaf("a", at("href", address), file.fileName()));
    html.leaf("dd", file.description());
  }
}
