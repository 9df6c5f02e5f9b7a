package dev.nightjar.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A change of a file as {@link HistoryCursor} passes it.
 *
 * @param kind a letter as git has it: {@code A}, {@code M}, {@code D}, {@code R}, {@code C}, {@code
 *     T}
 * @param oldPath where the file was before, for {@code R} and {@code C}
 * @param linesAdded 0 where it cannot be known
 * @param linesDeleted likewise
 */
public record HistoryChange(
    long commitNumber,
    char kind,
    String path,
    @Nullable String oldPath,
    int linesAdded,
    int linesDeleted) {}
