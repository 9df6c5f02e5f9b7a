package dev.nightjar.site.section.open;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Run;
import dev.nightjar.site.data.OpenFindings;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.CommitWords;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.store.report.OpenFindingLine;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What got slower and is not mended, the oldest first; then what ended with this run. */
public final class OpenFindingsSection implements Section<OpenFindings> {
  private static final int MOST_ROWS = 100;
  private static final int MOST_EVENTS = 50;
  private static final int LONGEST = 300;
  private static final List<CsvTable<OpenFindings>> TABLES =
      List.of(
          new CsvTable<>(
              "open_findings.csv", "what got slower and is not mended", OpenFindingsSection::csv));

  @Override
  public String id() {
    return "open";
  }

  @Override
  public String title(OpenFindings findings) {
    return "Not mended yet";
  }

  @Override
  public String hint(OpenFindings findings) {
    return String.valueOf(findings.open().size());
  }

  @Override
  public OpenFindings read(ReportReading reading) {
    Run run = reading.run();
    return new OpenFindings(
        run.startedAt(),
        reading.queries().openFindings(run.id()),
        reading
            .queries()
            .findingEvents(run.repositoryId(), run.hostId(), run.startedAt(), MOST_EVENTS));
  }

  @Override
  public void json(Json json, OpenFindings findings) {
    json.list(
        "open_findings",
        findings.all(),
        finding -> {
          json.text("series", SeriesNames.full(finding.series()));
          json.text("kind", finding.kind().word());
          json.text("state", state(finding)).text("since", finding.since().toString());
          json.text("since_commit", finding.sinceCommit()).text("branch", finding.branch());
          json.count("runs", finding.runs()).count("days", findings.days(finding));
          json.number("effect_then", finding.effectThen()).number("effect", finding.effectNow());
          json.text("suspected_cause", finding.cause()).text("reason", finding.reason());
        });
  }

  @Override
  public List<CsvTable<OpenFindings>> tables() {
    return TABLES;
  }

  private static void csv(OpenFindings findings, Csv csv) throws IOException {
    csv.heads(
        "series",
        "kind",
        "state",
        "since",
        "since_commit",
        "branch",
        "runs",
        "days",
        "effect_then",
        "effect",
        "suspected_cause",
        "reason");
    for (OpenFindingLine finding : findings.all()) {
      csv.text(SeriesNames.full(finding.series())).text(finding.kind().word());
      csv.text(state(finding)).moment(finding.since());
      csv.text(finding.sinceCommit()).text(finding.branch());
      csv.number(finding.runs()).number(findings.days(finding));
      csv.number(finding.effectThen()).number(finding.effectNow());
      csv.text(finding.cause()).text(finding.reason()).end();
    }
  }

  @Override
  public void page(Markup html, OpenFindings findings, PageAddresses addresses) {
    if (findings.all().isEmpty()) {
      Tables.nothing(html, "Nothing is known to have got slower and not to be mended.");
      return;
    }
    Tables.write(
        html,
        "What got slower and is not mended, the oldest first",
        List.of(
            Column.words("Benchmark"),
            Column.words("Kind"),
            Column.words("Since"),
            Column.words("Commit"),
            Column.number("Days"),
            Column.number("Runs"),
            Column.number("Then"),
            Column.number("Now"),
            Column.words("State"),
            Column.words("Suspected cause")),
        () ->
            findings.all().stream()
                .limit(MOST_ROWS)
                .forEach(one -> row(html, findings, one, addresses)));
    if (findings.all().size() > MOST_ROWS) {
      html.leaf("p", (findings.all().size() - MOST_ROWS) + " more are in open_findings.csv.");
    }
  }

  private static void row(
      Markup html, OpenFindings findings, OpenFindingLine finding, PageAddresses addresses) {
    Tables.row(
        html,
        () -> {
          Tables.head(html, shortened(SeriesNames.full(finding.series())));
          Tables.words(html, finding.kind().word());
          Tables.moment(html, finding.since());
          html.in("td", () -> place(html, finding, addresses));
          Tables.number(html, String.valueOf(findings.days(finding)));
          Tables.number(html, String.valueOf(finding.runs()));
          Tables.number(html, signed(finding.effectThen()));
          Tables.number(html, signed(finding.effectNow()));
          Tables.words(html, shortened(stateAndReason(finding)));
          html.in("td", () -> cause(html, findings, finding, addresses));
        });
  }

  private static void cause(
      Markup html, OpenFindings findings, OpenFindingLine finding, PageAddresses addresses) {
    CommitWords.text(html, shortened(finding.cause()), addresses);
    CommitWords.suspects(html, finding.cause(), findings.asOf(), addresses);
  }

  private static void place(Markup html, OpenFindingLine finding, PageAddresses addresses) {
    Tables.commitOrDash(html, finding.sinceCommit(), addresses);
    String branch = finding.branch();
    if (branch != null) {
      html.text(" on ").foreign(shortened(branch));
    }
  }

  private static String signed(@Nullable Double effect) {
    return effect == null ? "—" : EffectWords.signed(effect);
  }

  /** How it is behind this run. */
  private static String state(OpenFindingLine finding) {
    String ended = finding.endedAs();
    String state = finding.state();
    return ended != null
        ? ended
        : state.equals("accepted") || state.equals("stale") ? state : "open";
  }

  private static String stateAndReason(OpenFindingLine finding) {
    String reason = finding.reason();
    String state = state(finding);
    return reason == null || state.equals("open") || state.equals("stale")
        ? state
        : state + ": " + reason;
  }

  private static String shortened(String text) {
    return VisibleText.shortened(text, LONGEST);
  }
}
