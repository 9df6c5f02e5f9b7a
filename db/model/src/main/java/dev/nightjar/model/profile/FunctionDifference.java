package dev.nightjar.model.profile;

import org.jspecify.annotations.Nullable;

/**
 * What a function costs in two versions of a program.
 *
 * @param line its first line that ran, in the later version, or else in the earlier one; absent
 *     without debug information
 * @param lastLine its last line that ran
 * @param self what runs in it, with what the compiler put into it of no other function
 * @param inclusive the same with all that it calls
 * @param share of the whole difference that is in the function itself, 0.92 being 92 %; beyond 1
 *     where others became cheaper, negative where it went the other way
 * @param confidence the share of resamples in which its cost changed the same way; absent where the
 *     costs are counts, which need none
 */
public record FunctionDifference(
    CodeFunction function,
    @Nullable Integer line,
    @Nullable Integer lastLine,
    CostChange self,
    CostChange inclusive,
    double share,
    @Nullable Double confidence) {}
