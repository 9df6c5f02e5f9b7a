package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.download.DataFile;

/** Every number of the page, to take away. */
public final class DownloadsSection implements Section {
  @Override
  public String id() {
    return "data";
  }

  @Override
  public String title(ReportData data) {
    return "The data";
  }

  @Override
  public String hint(ReportData data) {
    return "";
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    html.in(
        "dl",
        at("class", "files"),
        () -> {
          for (DataFile file : DataFile.values()) {
            html.in(
                "div",
                () -> {
                  html.in(
                      "dt",
                      () ->
                          html.leaf(
                              "a", at("href", addresses.data(file.fileName())), file.fileName()));
                  html.leaf("dd", file.description());
                });
          }
        });
  }
}
