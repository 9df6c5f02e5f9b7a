package dev.nightjar.site.section;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What git says came into the repository between the run before and this one.
 *
 * @param previousHead what the run before had checked out, in hex; absent for a first run
 * @param total how many commits came in, those not among the ids included
 * @param newest the ids of the newest of them, the newest first, in hex
 */
public record CommitsSince(@Nullable String previousHead, int total, List<String> newest) {
  public CommitsSince {
    newest = List.copyOf(newest);
  }
}
