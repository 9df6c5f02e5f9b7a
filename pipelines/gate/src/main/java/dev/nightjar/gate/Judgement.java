package dev.nightjar.gate;

import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.List;
import java.util.Set;

/**
 * What was found of a run.
 *
 * @param disturbed the samples that are believed less
 * @param isUnlike whether all of it is new although earlier runs should have it
 * @param notes what a person should know of the comparison, in sentences
 * @param findings which are open behind the run, and which end with it
 * @param inherited series that are still slow, and were made so on another branch
 */
public record Judgement(
    List<Verdict> verdicts,
    List<DisturbedSample> disturbed,
    boolean isUnlike,
    List<String> notes,
    RunFindings findings,
    Set<Series> inherited) {}
