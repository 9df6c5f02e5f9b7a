package dev.nightjar.site.section.health;

import dev.nightjar.store.report.BranchLine;
import dev.nightjar.store.report.CoChangeLine;
import dev.nightjar.store.report.HotspotLine;
import dev.nightjar.store.report.MonthLine;
import dev.nightjar.store.report.OwnershipLine;
import java.util.List;

/**
 * What the history says of the repository. A list is empty when nothing is known.
 *
 * @param hotspots files that change often, the hottest first
 * @param coChanges pairs of files that change together, the most telling first
 * @param owners who wrote how much of which part
 * @param months activity by month, the oldest first
 * @param branches the branches, the newest tip first
 */
public record RepositoryHealth(
    List<HotspotLine> hotspots,
    List<CoChangeLine> coChanges,
    List<OwnershipLine> owners,
    List<MonthLine> months,
    List<BranchLine> branches) {
  /** Nothing is known. */
  public static final RepositoryHealth UNKNOWN =
      new RepositoryHealth(List.of(), List.of(), List.of(), List.of(), List.of());

  public RepositoryHealth {
    hotspots = List.copyOf(hotspots);
    coChanges = List.copyOf(coChanges);
    owners = List.copyOf(owners);
    months = List.copyOf(months);
    branches = List.copyOf(branches);
  }

  /** Whether there is nothing to show. */
  public boolean isUnknown() {
    return equals(UNKNOWN);
  }
}
