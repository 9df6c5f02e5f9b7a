/**
 * Programs that measure what a pipeline costs its host, run by hand.
 *
 * <p>What they print is kept under {@code docs/benchmarks}.
 */
@NullMarked
package dev.nightjar.jobs.measuring;

import org.jspecify.annotations.NullMarked;
