package dev.nightjar.site.section.health;

import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.store.report.BranchLine;
import dev.nightjar.store.report.CoChangeLine;
import dev.nightjar.store.report.HotspotLine;
import dev.nightjar.store.report.MonthLine;
import dev.nightjar.store.report.OwnershipLine;
import java.io.IOException;
import java.util.List;

/** What the history says, as tables. */
final class HealthTables {
  static final List<CsvTable<RepositoryHealth>> ALL =
      List.of(
          new CsvTable<>(
              "hotspots.csv", "one row a file that changes often", HealthTables::hotspots),
          new CsvTable<>(
              "co_changes.csv", "pairs of files that change together", HealthTables::coChanges),
          new CsvTable<>(
              "ownership.csv", "who knows which part of the repository", HealthTables::owners),
          new CsvTable<>(
              "activity.csv", "commits, merges and authors by month", HealthTables::months),
          new CsvTable<>("branches.csv", "the branches and their tips", HealthTables::branches));

  private HealthTables() {}

  private static void hotspots(RepositoryHealth health, Csv csv) throws IOException {
    csv.heads("path", "changes", "lines_changed", "authors", "score", "last_changed_at");
    for (HotspotLine spot : health.hotspots()) {
      csv.text(spot.path()).number(spot.changes()).number(spot.linesChanged());
      csv.number(spot.authors()).number(spot.heat()).moment(spot.lastChangedAt()).end();
    }
  }

  private static void coChanges(RepositoryHealth health, Csv csv) throws IOException {
    csv.heads("path", "other_path", "together", "degree");
    for (CoChangeLine pair : health.coChanges()) {
      csv.text(pair.path()).text(pair.otherPath());
      csv.number(pair.together()).number(pair.degree()).end();
    }
  }

  private static void owners(RepositoryHealth health, Csv csv) throws IOException {
    csv.heads("part", "main_author", "main_share", "authors", "bus_factor");
    for (OwnershipLine owner : health.owners()) {
      csv.text(owner.part()).text(owner.mainAuthor()).number(owner.share());
      csv.number(owner.authors()).number(owner.busFactor()).end();
    }
  }

  private static void months(RepositoryHealth health, Csv csv) throws IOException {
    csv.heads("month", "commits", "merges", "authors");
    for (MonthLine month : health.months()) {
      csv.moment(month.month()).number(month.commits()).number(month.merges());
      csv.number(month.authors()).end();
    }
  }

  private static void branches(RepositoryHealth health, Csv csv) throws IOException {
    csv.heads("name", "tip", "tip_at");
    for (BranchLine branch : health.branches()) {
      csv.text(branch.name()).text(branch.tip()).moment(branch.tipAt()).end();
    }
  }
}
