package dev.nightjar.model;

/**
 * A place where a series went over to another level.
 *
 * @param index the first point of the new regime, from 0
 * @param confidence within (0, 1): one minus the chance that noise as it is found around this place
 *     shows such a step anywhere in a series this long
 * @param before the level that ends here, in the series' unit
 * @param after the level that begins here
 */
public record ChangePoint(int index, double confidence, double before, double after) {}
