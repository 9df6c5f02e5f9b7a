package dev.nightjar.store.report;

/**
 * A branch or tag.
 *
 * @param name in full, such as {@code refs/heads/main}
 * @param commit the bytes of the id of the commit behind it
 */
@SuppressWarnings("ArrayRecordComponent") // on its way; never compared
public record HistoryRef(String name, byte[] commit) {}
