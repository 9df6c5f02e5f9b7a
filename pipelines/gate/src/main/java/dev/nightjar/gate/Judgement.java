package dev.nightjar.gate;

import dev.nightjar.model.Verdict;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.List;

/**
 * What was found of a run.
 *
 * @param disturbed the samples that are believed less
 * @param isUnlike whether all of it is new although earlier runs should have it
 * @param notes what a person should know of the comparison, in sentences
 */
public record Judgement(
    List<Verdict> verdicts,
    List<DisturbedSample> disturbed,
    boolean isUnlike,
    List<String> notes) {}
