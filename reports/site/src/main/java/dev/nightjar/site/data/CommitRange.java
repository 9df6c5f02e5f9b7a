package dev.nightjar.site.data;

import dev.nightjar.store.report.CommitLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came into the repository between the run before and this one.
 *
 * @param previousHead what the run before had checked out, in hex; absent for a first run
 * @param total how many commits there are
 * @param newest the newest of them, the newest first; all of them unless there are very many
 */
public record CommitRange(@Nullable String previousHead, int total, List<CommitLine> newest) {
  /** Nothing is known of any commit. */
  public static final CommitRange NONE = new CommitRange(null, 0, List.of());

  public CommitRange {
    newest = List.copyOf(newest);
  }
}
