package dev.nightjar.site.download;

/**
 * A file in the run's {@code data} folder.
 *
 * @param fileName its name there
 * @param description what is in it, for people
 */
public record DataFile(String fileName, String description) {
  /** All of a report but what is a table by nature. */
  public static final DataFile REPORT =
      new DataFile("report.json", "all of the report but telemetry and commits, for programs");
}
