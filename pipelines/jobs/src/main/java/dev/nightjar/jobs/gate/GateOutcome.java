package dev.nightjar.jobs.gate;

import dev.nightjar.formats.reading.ReadingLedger;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.model.Verdict;
import java.util.List;

/**
 * What the gate made of a run.
 *
 * @param run what was judged, in a few words
 * @param notes what a person should know, in sentences
 * @param ledger what result files gave; nothing when a stored run was judged
 */
public record GateOutcome(
    String run,
    List<Verdict> verdicts,
    GateDecision decision,
    List<String> notes,
    ReadingLedger ledger) {

  /** What was made of measurements that came from no file. */
  public GateOutcome(
      String run, List<Verdict> verdicts, GateDecision decision, List<String> notes) {
    this(run, verdicts, decision, notes, ReadingLedger.EMPTY);
  }
}
