package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.Moments;
import dev.nightjar.site.words.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The runs before this one. */
public final class RunsSection implements Section {
  private static final int MOST_ROWS = 30;
  private static final int LONGEST_BRANCH = 60;

  @Override
  public String id() {
    return "runs";
  }

  @Override
  public String title(ReportData data) {
    return "Runs";
  }

  @Override
  public String hint(ReportData data) {
    return String.valueOf(data.runs().size());
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    List<RunSummary> runs = data.runs();
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
        () -> runs.stream().limit(MOST_ROWS).forEach(run -> row(html, run, data)));
    html.in(
        "p",
        () -> {
          if (runs.size() > MOST_ROWS) {
            html.text((runs.size() - MOST_ROWS) + " older runs are in ");
            html.leaf("a", at("href", addresses.data("runs.csv")), "runs.csv").text(". ");
          }
          String archive = addresses.siteFolder() + "runs/index.html";
          html.leaf("a", at("href", archive), "All reports on this site").text(".");
        });
  }

  private static void row(Markup html, RunSummary run, ReportData data) {
    boolean current = run.id().equals(data.run().id());
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
          html.in("td", () -> Tables.commitOrDash(html, run.headCommit()));
          Tables.words(
              html, branch == null ? "detached" : VisibleText.shortened(branch, LONGEST_BRANCH));
          html.leaf("td", verdicts(run));
          Tables.number(
              html,
              finished == null ? "—" : Moments.span(Duration.between(run.startedAt(), finished)));
        });
  }

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
