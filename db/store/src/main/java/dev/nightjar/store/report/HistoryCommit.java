package dev.nightjar.store.report;

import org.jspecify.annotations.Nullable;

/**
 * A commit as {@link HistoryCursor} passes it.
 *
 * @param number what {@link HistoryChange#commitNumber()} refers to
 * @param id the bytes of its id
 * @param parents the bytes of its parents' ids, one after the other
 * @param authorId what {@link HistoryCursor#people} names
 * @param committedAtSeconds since 1970 UTC; absent where the commit has no time that a calendar can
 *     hold
 */
@SuppressWarnings("ArrayRecordComponent") // on its way; never compared
public record HistoryCommit(
    long number,
    byte[] id,
    byte[] parents,
    long authorId,
    @Nullable Long committedAtSeconds,
    String subject) {}
