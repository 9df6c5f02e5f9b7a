/**
 * The gate: a run judged against earlier ones, whether they come from a database, from result files
 * or from a folder of runs.
 *
 * <p>{@link dev.nightjar.gate.RunJudge} is where every way to a verdict meets.
 */
@NullMarked
package dev.nightjar.gate;

import org.jspecify.annotations.NullMarked;
