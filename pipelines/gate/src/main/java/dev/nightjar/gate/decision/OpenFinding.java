package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.finding.Finding;
import java.util.List;

/**
 * A finding that is open for the present run.
 *
 * @param since what runs gave from the first that shows it on, oldest first; not all where there
 *     are many, or where some are gone
 */
public record OpenFinding(Finding finding, List<RunValues> since) {
  public OpenFinding {
    since = List.copyOf(since);
  }

  /** The runs behind the one that shows it first. */
  List<RunValues> after() {
    return since.stream().filter(run -> !run.runId().equals(finding.since().runId())).toList();
  }

  /** What stands for the good runs. */
  List<RunValues> good() {
    return finding.good().stream().map(mark -> RunValues.of(finding.lastGood(), mark)).toList();
  }
}
