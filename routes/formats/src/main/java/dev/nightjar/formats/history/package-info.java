/**
 * Histories that other tools for continuous benchmarking have kept, read as points of a commit, a
 * machine and a time.
 */
@NullMarked
package dev.nightjar.formats.history;

import org.jspecify.annotations.NullMarked;
