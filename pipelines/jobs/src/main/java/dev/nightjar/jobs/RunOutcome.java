package dev.nightjar.jobs;

import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.model.Run;
import dev.nightjar.model.Skip;
import dev.nightjar.model.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run that completed.
 *
 * @param notes what a person should know of the gate's decision, in sentences
 * @param earlierSkips what the run before on this host left out
 * @param report the published report; absent when the pipeline publishes none
 */
public record RunOutcome(
    Run run,
    List<Verdict> verdicts,
    GateDecision gate,
    List<String> notes,
    List<Skip> skips,
    List<Skip> earlierSkips,
    @Nullable Path report) {

  /** The same with other notes. */
  public RunOutcome with(List<String> all) {
    return new RunOutcome(run, verdicts, gate, all, skips, earlierSkips, report);
  }
}
