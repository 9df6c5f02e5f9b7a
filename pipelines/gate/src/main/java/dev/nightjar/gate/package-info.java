/**
 * Statistics and verdicts: pure functions from samples to judgements, without a database, a clock
 * or chance.
 *
 * <p>{@link dev.nightjar.gate.Judge} holds the present run against earlier ones, with the run as
 * the unit and all series of a run corrected together; {@link dev.nightjar.gate.GateDecision} makes
 * an exit code of the verdicts under a {@link dev.nightjar.gate.GatePolicy}. The same input gives
 * the same output, to the bit.
 */
@NullMarked
package dev.nightjar.gate;

import org.jspecify.annotations.NullMarked;
