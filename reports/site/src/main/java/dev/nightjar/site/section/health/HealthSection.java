package dev.nightjar.site.section.health;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.CommitWords;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.Moments;
import dev.nightjar.store.report.BranchLine;
import dev.nightjar.store.report.CoChangeLine;
import dev.nightjar.store.report.HotspotLine;
import dev.nightjar.store.report.OwnershipLine;
import dev.nightjar.store.report.ReportQueries;
import java.time.Instant;
import java.util.List;

/** What the history says of the repository: where it hurts, what hangs together, who knows it. */
public final class HealthSection implements Section<RepositoryHealth> {
  private static final int MOST_ROWS = 15;
  private static final int LONGEST_PATH = 120;
  private static final int MOST_READ = 25;

  @Override
  public String id() {
    return "health";
  }

  @Override
  public String title(RepositoryHealth health) {
    return "The repository";
  }

  @Override
  public RepositoryHealth read(ReportReading reading) {
    ReportQueries queries = reading.queries();
    long repository = reading.run().repositoryId();
    return new RepositoryHealth(
        queries.hotspots(repository, MOST_READ),
        queries.coChanges(repository, MOST_READ),
        queries.owners(repository, MOST_READ),
        queries.months(repository),
        queries.branches(repository, MOST_READ));
  }

  @Override
  public void json(Json json, RepositoryHealth health) {
    json.object("repository_health", () -> new HealthJson(json).write(health));
  }

  @Override
  public List<CsvTable<RepositoryHealth>> tables() {
    return HealthTables.ALL;
  }

  @Override
  public void page(Markup html, RepositoryHealth health, PageAddresses addresses) {
    if (health.isUnknown()) {
      Tables.nothing(html, "The repository's history has not been analysed.");
      return;
    }
    html.in("div", at("class", "panels"), () -> panels(html, health, addresses));
  }

  private static void panels(Markup html, RepositoryHealth health, PageAddresses addresses) {
    part(html, "Activity by month", !health.months().isEmpty(), () -> months(html, health));
    part(html, "Hotspots", !health.hotspots().isEmpty(), () -> hotspots(html, health));
    part(html, "Change together", !health.coChanges().isEmpty(), () -> together(html, health));
    part(html, "Who knows what", !health.owners().isEmpty(), () -> owners(html, health));
    part(html, "Branches", !health.branches().isEmpty(), () -> branches(html, health, addresses));
  }

  private static void part(Markup html, String title, boolean known, Runnable content) {
    html.in(
        "section",
        at("class", "panel", "aria-label", title),
        () -> {
          html.leaf("h3", title);
          if (known) {
            content.run();
          } else {
            Tables.nothing(html, "Nothing to show yet.");
          }
        });
  }

  private static void months(Markup html, RepositoryHealth health) {
    new ActivityChart(health.months()).write(html, "activity");
  }

  private static void hotspots(Markup html, RepositoryHealth health) {
    html.leaf(
        "p",
        at("class", "detail"),
        "Files that change often and lately, and are large, the hottest first.");
    Tables.write(
        html,
        "Hotspots",
        List.of(
            Column.words("File"),
            Column.number("Changes"),
            Column.number("Lines"),
            Column.number("Authors")),
        () -> health.hotspots().stream().limit(MOST_ROWS).forEach(spot -> hotspot(html, spot)));
  }

  private static void hotspot(Markup html, HotspotLine spot) {
    Tables.row(
        html,
        () -> {
          path(html, spot.path());
          Tables.number(html, Moments.counted(spot.changes()));
          Tables.number(html, Moments.counted(spot.linesChanged()));
          Tables.number(html, String.valueOf(spot.authors()));
        });
  }

  private static void together(Markup html, RepositoryHealth health) {
    html.leaf(
        "p",
        at("class", "detail"),
        "Pairs of files that commits change together more often than by chance, the surest first.");
    Tables.write(
        html,
        "Files that change together",
        List.of(
            Column.words("File"),
            Column.words("With"),
            Column.number("Together"),
            Column.number("Of all changes")),
        () -> health.coChanges().stream().limit(MOST_ROWS).forEach(pair -> coChange(html, pair)));
  }

  private static void coChange(Markup html, CoChangeLine pair) {
    Tables.row(
        html,
        () -> {
          path(html, pair.path());
          Tables.words(html, VisibleText.shortened(pair.otherPath(), LONGEST_PATH));
          Tables.number(html, Moments.counted(pair.together()));
          Tables.number(html, percent(pair.degree()));
        });
  }

  private static void owners(Markup html, RepositoryHealth health) {
    html.leaf(
        "p",
        at("class", "detail"),
        "The bus factor is how few authors made half of the changes: at 1, one person knows it.");
    Tables.write(
        html,
        "Ownership",
        List.of(
            Column.words("Part"),
            Column.words("Mostly by"),
            Column.number("Share"),
            Column.number("Authors"),
            Column.number("Bus factor")),
        () -> health.owners().stream().limit(MOST_ROWS).forEach(owner -> owner(html, owner)));
  }

  private static void owner(Markup html, OwnershipLine owner) {
    Tables.row(
        html,
        () -> {
          path(html, owner.part());
          Tables.words(html, VisibleText.shortened(owner.mainAuthor(), LONGEST_PATH));
          Tables.number(html, percent(owner.share()));
          Tables.number(html, String.valueOf(owner.authors()));
          Tables.number(html, String.valueOf(owner.busFactor()));
        });
  }

  private static void branches(Markup html, RepositoryHealth health, PageAddresses addresses) {
    Tables.write(
        html,
        "Branches",
        List.of(Column.words("Branch"), Column.words("Tip"), Column.words("Last commit")),
        () ->
            health.branches().stream()
                .limit(MOST_ROWS)
                .forEach(branch -> branch(html, branch, addresses)));
    if (health.branches().size() > MOST_ROWS) {
      html.leaf("p", (health.branches().size() - MOST_ROWS) + " more are in report.json.");
    }
  }

  private static void branch(Markup html, BranchLine branch, PageAddresses addresses) {
    Instant tipAt = branch.tipAt();
    Tables.row(
        html,
        () -> {
          path(html, branch.name());
          html.in("td", () -> CommitWords.commit(html, branch.tip(), addresses));
          Tables.momentOrDash(html, tipAt);
        });
  }

  private static void path(Markup html, String path) {
    html.in(
        "th",
        at("scope", "row", "class", "path"),
        () -> html.foreign(VisibleText.shortened(path, LONGEST_PATH)));
  }

  private static String percent(double share) {
    return UnitScale.of("%", 1).formatShort(Math.round(share * 1000) / 10.0);
  }
}
