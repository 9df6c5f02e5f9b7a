package dev.nightjar.site.data;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    List<Hotspot> hotspots,
    List<CoChange> coChanges,
    List<Ownership> owners,
    List<ActivityMonth> months,
    List<Branch> branches) {
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

  /**
   * A file that changes often.
   *
   * @param changes commits that changed it
   * @param linesChanged lines added and deleted; absent when it cannot be known
   * @param authors people who changed it
   * @param score what it is ordered by: how often people changed it, recently counting more, times
   *     its size
   */
  public record Hotspot(
      String path,
      long changes,
      @Nullable Long linesChanged,
      int authors,
      double score,
      @Nullable Instant lastChangedAt) {}

  /**
   * Two files that change together.
   *
   * @param together commits that changed both
   * @param degree of those that changed either, the part that changed both
   */
  public record CoChange(String path, String otherPath, long together, double degree) {}

  /**
   * Who knows a part of the repository.
   *
   * @param part a folder with a slash at its end, or {@code /} for the whole
   * @param mainAuthor who changed it most
   * @param share the part of the changes that are theirs
   * @param busFactor how few authors made half of the changes
   */
  public record Ownership(
      String part, String mainAuthor, double share, int authors, int busFactor) {}

  /**
   * What happened in one month.
   *
   * @param month its first moment
   */
  public record ActivityMonth(Instant month, long commits, long merges, int authors) {}

  /**
   * A branch.
   *
   * @param tip the commit it points to, in hex
   * @param tipAt when that was committed; absent when the commit is not stored
   */
  public record Branch(String name, String tip, @Nullable Instant tipAt) {}
}
