package dev.nightjar.gate;

import dev.nightjar.model.Direction;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the gate's general policy for one benchmark; what is absent follows the policy.
 *
 * @param smallestEffect relative change that matters, 0.02 being 2 %
 * @param direction which way is better, where the result file does not know
 * @param onInconclusive what an undecided comparison does to the gate
 * @param onMissing what an absent result does to the gate
 */
public record BenchmarkRule(
    @Nullable Double smallestEffect,
    @Nullable Direction direction,
    @Nullable Consequence onInconclusive,
    @Nullable Consequence onMissing) {}
