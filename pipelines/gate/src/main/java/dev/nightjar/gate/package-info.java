/**
 * Statistics and verdicts: pure functions from samples to judgements, without a database, a clock
 * or chance.
 */
@NullMarked
package dev.nightjar.gate;

import org.jspecify.annotations.NullMarked;
