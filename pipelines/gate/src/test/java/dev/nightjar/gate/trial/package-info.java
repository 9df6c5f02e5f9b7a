/**
 * Trials: longer than a test, started by hand with {@code pipelines/trial gate}, each printing its
 * seeds and figures.
 *
 * <p>They hold the methods of this room against others on generated and recorded data. The others
 * are written after their papers, with the papers' defaults, and live here alone.
 */
@NullMarked
package dev.nightjar.gate.trial;

import org.jspecify.annotations.NullMarked;
