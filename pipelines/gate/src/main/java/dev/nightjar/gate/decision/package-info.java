/**
 * From levels to verdicts, and from verdicts to an exit code.
 *
 * <p>{@link dev.nightjar.gate.decision.Judge} holds the present run against earlier ones, with the
 * run as the unit and all series of a run corrected together; {@link
 * dev.nightjar.gate.decision.GateDecision} makes an exit code of the verdicts under a {@link
 * dev.nightjar.gate.decision.GatePolicy}.
 */
@NullMarked
package dev.nightjar.gate.decision;

import org.jspecify.annotations.NullMarked;
