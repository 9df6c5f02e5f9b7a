/**
 * Runs benchmarks: a user's own commands and the built-in suites. Every repetition becomes a sample
 * with the readings taken at its boundaries.
 */
@NullMarked
package dev.nightjar.bench;

import org.jspecify.annotations.NullMarked;
