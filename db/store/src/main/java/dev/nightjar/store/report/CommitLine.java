package dev.nightjar.store.report;

import dev.nightjar.model.git.ChangeListing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A commit in a line.
 *
 * @param committedAt absent where the commit has no time that a calendar can hold
 * @param listing whether its changes are known; the counts are absent where they are not
 * @param linesAdded absent when it cannot be known
 * @param linesDeleted likewise
 */
public record CommitLine(
    String id,
    String author,
    @Nullable Instant committedAt,
    String subject,
    ChangeListing listing,
    @Nullable Long filesChanged,
    @Nullable Long linesAdded,
    @Nullable Long linesDeleted) {}
