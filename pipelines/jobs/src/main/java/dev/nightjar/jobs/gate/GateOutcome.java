package dev.nightjar.jobs.gate;

import dev.nightjar.gate.GateDecision;
import dev.nightjar.model.Verdict;
import java.util.List;

/**
 * What the gate made of a run.
 *
 * @param run what was judged, in a few words
 * @param notes what a person should know, in sentences
 */
public record GateOutcome(
    String run, List<Verdict> verdicts, GateDecision decision, List<String> notes) {}
