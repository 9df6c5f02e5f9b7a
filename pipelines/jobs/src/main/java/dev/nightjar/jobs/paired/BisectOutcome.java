package dev.nightjar.jobs.paired;

import dev.nightjar.git.CommitTitle;
import java.util.List;
import java.util.Optional;

/**
 * What a bisection found.
 *
 * @param suspects the neighbouring commits of which one made the change, the oldest first; none
 *     where good and bad do not differ
 * @param isFound whether more of measuring cannot make them fewer: it is one commit, or those
 *     between them do not build
 * @param effect of bad against good, 0.05 being 5 % more
 * @param steps all commits that were looked at, in that order
 * @param conclusion in a sentence
 */
public record BisectOutcome(
    List<Suspect> suspects,
    boolean isFound,
    double effect,
    List<BisectStep> steps,
    String conclusion) {

  /**
   * A commit that may have made the change.
   *
   * @param commit in hex
   * @param title what people know it by; empty where it cannot be read
   * @param chance that it did
   */
  public record Suspect(String commit, Optional<CommitTitle> title, double chance) {
    /** Its hash and title. */
    public String words() {
      return commit + title.map(one -> " " + one.words()).orElse("");
    }
  }
}
