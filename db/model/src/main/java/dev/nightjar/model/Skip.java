package dev.nightjar.model;

/**
 * Something that was not measured or not done in a run, and why.
 *
 * @param step the step that skipped it
 * @param subject what was skipped: a benchmark, a suite, a metric, a device
 * @param reason one sentence for the person who reads the report
 */
public record Skip(String step, String subject, String reason) {}
