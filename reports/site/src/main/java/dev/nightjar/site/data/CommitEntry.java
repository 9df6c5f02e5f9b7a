package dev.nightjar.site.data;

import dev.nightjar.model.git.ChangeListing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One commit.
 *
 * @param id in hex
 * @param author the author's name
 * @param committedAt when it was committed, which orders a branch better than when it was written;
 *     absent when the commit has no time that a calendar can hold
 * @param subject the first line of its message
 * @param listing whether its changes are known; a merge lists none, as git shows it
 * @param filesChanged how many files it changed; absent where it lists no changes
 * @param linesAdded absent when it cannot be known
 * @param linesDeleted likewise
 */
public record CommitEntry(
    String id,
    String author,
    @Nullable Instant committedAt,
    String subject,
    ChangeListing listing,
    @Nullable Long filesChanged,
    @Nullable Long linesAdded,
    @Nullable Long linesDeleted) {}
