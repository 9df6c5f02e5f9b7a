package dev.nightjar.site.data;

import java.time.Instant;

/**
 * When a benchmark ran.
 *
 * @param benchmark its name
 * @param from when its first repetition began
 * @param to when its last one ended
 */
public record BenchmarkWindow(String benchmark, Instant from, Instant to) {}
