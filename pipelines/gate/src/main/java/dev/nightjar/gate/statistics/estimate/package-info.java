/**
 * What a handful of numbers tells of where they lie and how far they reach: locations and scales
 * that wild values do not move, and the quantiles of tests. Everything in this room that estimates
 * stands on it.
 */
@NullMarked
package dev.nightjar.gate.statistics.estimate;

import org.jspecify.annotations.NullMarked;
