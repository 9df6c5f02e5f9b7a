package dev.nightjar.site.download;

import dev.nightjar.site.data.ReportData;
import java.io.IOException;
import java.io.Writer;

/** A file of the run's data. */
public enum DataFile {
  REPORT("report.json", "all of the report but telemetry and commits, for programs"),
  VERDICTS("verdicts.csv", "one row a series: verdict, effect, interval, evidence"),
  SAMPLES("samples.csv", "one row a repetition, with what the machine did meanwhile"),
  HISTORY("history.csv", "one row a series and run"),
  CHANGES("changes.csv", "where a series went over to another level, as its runs show it"),
  COMMITS("commits.csv", "one row a commit since the last run"),
  TELEMETRY(
      "telemetry.csv", "one row a reading, as it was read; of a long run, those that tell most"),
  WINDOWS("windows.csv", "when the benchmarks ran"),
  SKIPPED("skipped.csv", "what was not measured, and why"),
  RUNS("runs.csv", "one row a run"),
  HOTSPOTS("hotspots.csv", "one row a file that changes often"),
  CO_CHANGES("co_changes.csv", "pairs of files that change together"),
  OWNERSHIP("ownership.csv", "who knows which part of the repository"),
  ACTIVITY("activity.csv", "commits, merges and authors by month"),
  BRANCHES("branches.csv", "the branches and their tips");

  private final String fileName;
  private final String description;

  DataFile(String fileName, String description) {
    this.fileName = fileName;
    this.description = description;
  }

  /** The file's name in the run's {@code data} folder. */
  public String fileName() {
    return fileName;
  }

  /** What is in it, for people. */
  public String description() {
    return description;
  }

  /** Writes the file's text. */
  public void write(ReportData data, Writer out) throws IOException {
    CsvTables tables = new CsvTables(data, new Csv(out));
    switch (this) {
      case REPORT -> new JsonReport(data).write(out);
      case VERDICTS -> tables.verdicts();
      case SAMPLES -> tables.samples();
      case HISTORY -> tables.history();
      case CHANGES -> tables.changes();
      case COMMITS -> tables.commits();
      case TELEMETRY -> tables.telemetry();
      case WINDOWS -> tables.windows();
      case SKIPPED -> tables.skipped();
      case RUNS -> tables.runs();
      case HOTSPOTS -> tables.hotspots();
      case CO_CHANGES -> tables.coChanges();
      case OWNERSHIP -> tables.ownership();
      case ACTIVITY -> tables.activity();
      case BRANCHES -> tables.branches();
    }
  }
}
