package dev.nightjar.model.finding;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A finding with what became of it.
 *
 * @param seenBy the runs that it was open behind
 * @param ends by several runs where histories part
 */
public record FindingLife(Finding finding, Set<UUID> seenBy, List<FindingEnd> ends) {
  public FindingLife {
    seenBy = Set.copyOf(seenBy);
    ends = List.copyOf(ends);
  }
}
