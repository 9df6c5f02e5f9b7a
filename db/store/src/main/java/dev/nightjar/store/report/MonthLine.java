package dev.nightjar.store.report;

import java.time.Instant;

/**
 * What happened in a repository in one month.
 *
 * @param month its first moment, UTC
 */
public record MonthLine(Instant month, long commits, long merges, int authors) {}
