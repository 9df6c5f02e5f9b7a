package dev.nightjar.formats.reading;

import java.util.SortedMap;

/**
 * A benchmark, or a whole suite, that its tool says has failed.
 *
 * @param benchmark the tool's name of it, as its series would be called
 * @param parameters those of its series; others of that name have not failed
 * @param place {@code FILE:LINE}, or the file alone
 * @param reason as far as the tool tells
 */
public record FailedBenchmark(
    String benchmark, SortedMap<String, String> parameters, String place, String reason) {}
