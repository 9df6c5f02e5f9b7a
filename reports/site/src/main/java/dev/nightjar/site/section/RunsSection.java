package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Run;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.RunList;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.Moments;
import dev.nightjar.site.words.Verdicts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The runs before this one. */
public final class RunsSection implements Section<RunList> {
  private static final int MOST_ROWS = 30;
  private static final int LONGEST_BRANCH = 60;
  private static final int RUNS_LISTED = 50;
  private static final int OTHERS_LISTED = 5;
  private static final List<CsvTable<RunList>> TABLES =
      List.of(new CsvTable<>("runs.csv", "one row a run", RunsSection::csv));

  @Override
  public String id() {
    return "runs";
  }

  @Override
  public String title(RunList runs) {
    return "Runs";
  }

  @Override
  public String hint(RunList runs) {
    return String.valueOf(runs.newest().size());
  }

  @Override
  public RunList read(ReportReading reading) {
    Run reported = reading.run();
    Map<UUID, Map<VerdictKind, Integer>> counts =
        reading.queries().verdictCounts(reported.repositoryId());
    List<Run> notable =
        reading
            .database()
            .runs()
            .notable(reported.repositoryId(), reported.startedAt(), RUNS_LISTED, OTHERS_LISTED);
    return new RunList(
        reported.id(),
        notable.stream()
            .map(run -> run.id().equals(reported.id()) ? reported : run)
            .map(run -> RunSummary.of(run, counts.getOrDefault(run.id(), Map.of())))
            .toList());
  }

  @Override
  public List<CsvTable<RunList>> tables() {
    return TABLES;
  }

  private static void csv(RunList runs, Csv csv) throws IOException {
    csv.heads(
        "run_id",
        "pipeline",
        "state",
        "started_at",
        "finished_at",
        "head_commit",
        "branch",
        "pass",
        "improved",
        "regressed",
        "still_regressed",
        "inconclusive",
        "new",
        "missing",
        "failed");
    for (RunSummary run : runs.newest()) {
      csv.text(run.id().toString()).text(run.pipeline()).text(run.state().word());
      csv.moment(run.startedAt()).moment(run.finishedAt());
      csv.text(run.headCommit()).text(run.branch());
      for (VerdictKind kind : VerdictKind.values()) {
        csv.number(run.verdicts().getOrDefault(kind, 0));
      }
      csv.end();
    }
  }

  @Override
  public void page(Markup html, RunList list, PageAddresses addresses) {
    List<RunSummary> runs = list.newest();
    if (runs.size() <= 1) {
      Tables.nothing(html, "This is the first run.");
    }
    if (runs.isEmpty()) {
      return;
    }
    Tables.write(
        html,
        "Runs, the newest first",
        List.of(
            Column.words("Began"),
            Column.words("State"),
            Column.words("Commit"),
            Column.words("Branch"),
            Column.words("Verdicts"),
            Column.number("Took")),
        () ->
            runs.stream()
                .limit(MOST_ROWS)
                .forEach(run -> row(html, run, run.id().equals(list.reported()), addresses)));
    html.in("p", () -> others(html, runs.size() - MOST_ROWS, addresses));
  }

  private static void others(Markup html, int older, PageAddresses addresses) {
    if (older > 0) {
      Tables.rest(html, older + " older runs", "runs.csv", addresses);
      html.text(" ");
    }
    String archive = addresses.siteFolder() + "runs/index.html";
    html.leaf("a", at("href", archive), "All reports on this site").text(".");
  }

  private static void row(Markup html, RunSummary run, boolean current, PageAddresses addresses) {
    Instant finished = run.finishedAt();
    String branch = run.branch();
    Tables.row(
        html,
        () -> {
          html.in(
              "th",
              at("scope", "row"),
              () -> {
                Tables.time(html, run.startedAt());
                html.text(current ? " (this one)" : "");
              });
          html.leaf("td", run.state().word());
          html.in("td", () -> Tables.commitOrDash(html, run.headCommit(), addresses));
          Tables.words(
              html, branch == null ? "detached" : VisibleText.shortened(branch, LONGEST_BRANCH));
          html.leaf("td", verdicts(run));
          Tables.number(
              html,
              finished == null ? "—" : Moments.span(Duration.between(run.startedAt(), finished)));
        });
  }

  /** Such as {@code 1 regressed, 4 pass}. */
  public static String verdicts(RunSummary run) {
    List<String> parts = new ArrayList<>();
    for (VerdictKind kind : Verdicts.worstFirst()) {
      Integer count = run.verdicts().get(kind);
      if (count != null && count > 0) {
        parts.add(count + " " + kind.word());
      }
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }
}
