/**
 * Profiles the programs of benchmarks in two versions and tells which functions differ: callgrind
 * counts what native programs do, the flight recorder samples Java, perf samples what is too slow
 * to be counted. What profilers write is believed as little as any other text from outside, and
 * read within bounds.
 */
@NullMarked
package dev.nightjar.bench.profile;

import org.jspecify.annotations.NullMarked;
