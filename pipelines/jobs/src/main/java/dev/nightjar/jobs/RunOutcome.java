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
 * @param report the published report; absent when the pipeline publishes none
 */
public record RunOutcome(
    Run run,
    List<Verdict> verdicts,
    GateDecision gate,
    List<String> notes,
    List<Skip> skips,
    @Nullable Path report) {}
