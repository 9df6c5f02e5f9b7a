package dev.nightjar.store.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A commit in a line.
 *
 * @param committedAt absent where the commit has no time that a calendar can hold
 * @param linesAdded absent when it cannot be known
 * @param linesDeleted likewise
 */
public record CommitLine(
    String id,
    String author,
    @Nullable Instant committedAt,
    String subject,
    int filesChanged,
    @Nullable Long linesAdded,
    @Nullable Long linesDeleted) {}
