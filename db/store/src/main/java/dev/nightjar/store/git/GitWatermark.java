package dev.nightjar.store.git;

import java.util.Set;

/**
 * What of a repository is stored.
 *
 * @param tips ids of the commits whose whole history was stored when the last ingest ended
 * @param complete whether no ingest was broken off since
 * @param closedThrough commits numbered up to here have their whole history stored
 * @param firstParent whether first parents only were followed
 */
public record GitWatermark(
    Set<String> tips, boolean complete, long closedThrough, boolean firstParent) {
  static final GitWatermark NOTHING = new GitWatermark(Set.of(), true, 0, false);
}
