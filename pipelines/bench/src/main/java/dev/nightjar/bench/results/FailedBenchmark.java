package dev.nightjar.bench.results;

/**
 * A benchmark, or a whole suite, that its tool says has failed.
 *
 * @param benchmark the tool's name of it, without control characters
 * @param place {@code FILE:LINE}, or the file alone
 * @param reason as far as the tool tells
 */
public record FailedBenchmark(String benchmark, String place, String reason) {}
