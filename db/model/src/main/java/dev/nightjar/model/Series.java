package dev.nightjar.model;

import java.util.SortedMap;

/**
 * Samples that may be compared with one another: a benchmark with its parameters on a device. The
 * host joins it in the database.
 *
 * @param parameters by name; empty when there are none
 * @param device {@code cpu}, or the name of an accelerator
 */
public record Series(Benchmark benchmark, SortedMap<String, String> parameters, String device) {}
