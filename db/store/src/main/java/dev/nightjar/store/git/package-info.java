/**
 * What is kept of git histories.
 *
 * <p>{@link dev.nightjar.store.git.GitHistoryWriter} holds the repository's lock while it writes.
 * It is told which commits are stored, gives numbers to new ones, and writes them by binary COPY, a
 * few thousand commits to a transaction, with their changes in the same one: a commit that is
 * stored has all its changes stored. What is stored is not offered again, so rows are appended and
 * no merge is needed; a unique key guards that. The watermark says which commits have their whole
 * history stored.
 */
@NullMarked
package dev.nightjar.store.git;

import org.jspecify.annotations.NullMarked;
