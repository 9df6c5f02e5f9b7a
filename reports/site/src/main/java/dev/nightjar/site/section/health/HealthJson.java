package dev.nightjar.site.section.health;

import dev.nightjar.site.download.Json;
import dev.nightjar.store.report.BranchLine;
import dev.nightjar.store.report.CoChangeLine;
import dev.nightjar.store.report.HotspotLine;
import dev.nightjar.store.report.MonthLine;
import dev.nightjar.store.report.OwnershipLine;

/** What the history says, as JSON. */
final class HealthJson {
  private final Json json;

  HealthJson(Json json) {
    this.json = json;
  }

  void write(RepositoryHealth health) {
    json.list("hotspots", health.hotspots(), this::hotspot);
    json.list("co_changes", health.coChanges(), this::coChange);
    json.list("owners", health.owners(), this::owner);
    json.list("months", health.months(), this::month);
    json.list("branches", health.branches(), this::branch);
  }

  private void hotspot(HotspotLine spot) {
    json.text("path", spot.path()).count("changes", spot.changes());
    json.count("lines_changed", spot.linesChanged()).count("authors", spot.authors());
    json.number("score", spot.heat()).moment("last_changed_at", spot.lastChangedAt());
  }

  private void coChange(CoChangeLine pair) {
    json.text("path", pair.path()).text("other_path", pair.otherPath());
    json.count("together", pair.together()).number("degree", pair.degree());
  }

  private void owner(OwnershipLine owner) {
    json.text("part", owner.part()).text("main_author", owner.mainAuthor());
    json.number("share", owner.share()).count("authors", owner.authors());
    json.count("bus_factor", owner.busFactor());
  }

  private void month(MonthLine month) {
    json.moment("month", month.month()).count("commits", month.commits());
    json.count("merges", month.merges()).count("authors", month.authors());
  }

  private void branch(BranchLine branch) {
    json.text("name", branch.name()).text("tip", branch.tip()).moment("tip_at", branch.tipAt());
  }
}
