package dev.nightjar.site.data;

import java.time.Instant;

/**
 * A repetition that the machine disturbed. It is believed less, and never left out.
 *
 * @param benchmark whose repetition it was
 * @param from when it began
 * @param to when it ended
 * @param weight how far it is believed, within (0, 1)
 * @param causes what disturbed it, the largest first, for people
 */
public record NoiseMark(String benchmark, Instant from, Instant to, double weight, String causes) {}
