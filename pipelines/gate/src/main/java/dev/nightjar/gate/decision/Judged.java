package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.gate.statistics.Scale;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a series, and what it means for findings.
 *
 * @param opening absent when nothing is found anew
 */
public record Judged(Verdict verdict, @Nullable Opening opening, List<Ending> endings) {
  public Judged {
    endings = List.copyOf(endings);
  }

  static Judged plain(Verdict verdict) {
    return new Judged(verdict, null, List.of());
  }

  /**
   * A finding's beginning; its effect and cause are the verdict's.
   *
   * @param since the first run that shows it
   * @param good the runs of the level before, oldest first
   * @param scale that they were compared on
   */
  public record Opening(RunValues since, List<RunValues> good, Scale scale) {}

  /** A finding's end. */
  public record Ending(Finding finding, FindingState state, String reason) {}
}
