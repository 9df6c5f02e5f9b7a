/**
 * Pure functions of numbers: levels and their differences, intervals, boundaries of sequential
 * tests. No chance and no clock: the same input gives the same output, to the bit.
 */
@NullMarked
package dev.nightjar.gate.statistics;

import org.jspecify.annotations.NullMarked;
