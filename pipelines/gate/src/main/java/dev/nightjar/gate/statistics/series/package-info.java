/**
 * What a series of numbers did in the order of time: where it stepped to another level, where its
 * slope broke, and whether it creeps. Pure functions of the values; the same input gives the same
 * output, to the bit.
 */
@NullMarked
package dev.nightjar.gate.statistics.series;

import org.jspecify.annotations.NullMarked;
