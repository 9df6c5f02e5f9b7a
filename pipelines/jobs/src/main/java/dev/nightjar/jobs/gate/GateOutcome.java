package dev.nightjar.jobs.gate;

import dev.nightjar.formats.reading.ReadingLedger;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.profile.DifferentialProfile;
import java.util.List;

/**
 * What the gate made of a run.
 *
 * @param run what was judged, in a few words
 * @param notes what a person should know, in sentences
 * @param ledger what result files gave; nothing when a stored run was judged
 * @param profiles of benchmarks of which two versions were run
 */
public record GateOutcome(
    String run,
    List<Verdict> verdicts,
    GateDecision decision,
    List<String> notes,
    ReadingLedger ledger,
    List<DifferentialProfile> profiles) {

  /** What was made of measurements that came from no file. */
  public GateOutcome(
      String run, List<Verdict> verdicts, GateDecision decision, List<String> notes) {
    this(run, verdicts, decision, notes, ReadingLedger.EMPTY);
  }

  /** What was made of measurements without a profile. */
  public GateOutcome(
      String run,
      List<Verdict> verdicts,
      GateDecision decision,
      List<String> notes,
      ReadingLedger ledger) {
    this(run, verdicts, decision, notes, ledger, List.of());
  }

  /** The same with profiles of both versions. */
  public GateOutcome with(List<DifferentialProfile> functions) {
    return new GateOutcome(run, verdicts, decision, notes, ledger, functions);
  }
}
