package dev.nightjar.gate.statistics.series;

/**
 * A place where the slope of a series begins, ends or breaks, with no step in its level.
 *
 * @param index the point at which the new slope begins, from 0
 * @param confidence within (0, 1): one minus the chance that noise as it is found around this place
 *     shows such a break anywhere in a series this long
 * @param level where the two slopes meet, in the series' unit
 * @param slopeBefore in the series' unit, from one point to the next
 * @param slopeAfter in the series' unit, from one point to the next
 */
public record Kink(
    int index, double confidence, double level, double slopeBefore, double slopeAfter) {}
