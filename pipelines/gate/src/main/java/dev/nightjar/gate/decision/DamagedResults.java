package dev.nightjar.gate.decision;

import dev.nightjar.model.Series;
import java.util.Set;

/**
 * A result file of the run that could not be read as a whole.
 *
 * @param clause what of it could not be read, with its place and without a full stop
 * @param kept the series that it gave all the same
 */
public record DamagedResults(String clause, Set<Series> kept) {
  public DamagedResults {
    kept = Set.copyOf(kept);
  }
}
