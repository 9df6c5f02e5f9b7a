package dev.nightjar.gate.statistics.series;

/**
 * A slow change of level over many runs, of which none shows a step.
 *
 * @param from the first run of the stretch over which it shows, from 0; it may have begun before
 * @param steepest the run at which the level rises or falls fastest: its neighbourhood has the
 *     commits to look at first
 * @param total how far the level went until the last run; on the scale of the values it was found
 *     in, as are the ends of its interval
 * @param low where the total lies with 95 % confidence
 * @param high not below low
 */
public record Drift(int from, int steepest, double total, double low, double high) {}
