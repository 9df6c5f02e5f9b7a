package dev.nightjar.store.report;

/**
 * A row of the view {@code research_findings}.
 *
 * @param citations JSON: an array of objects with title, location and quote
 */
public record FindingLine(String question, String finding, String citations) {}
