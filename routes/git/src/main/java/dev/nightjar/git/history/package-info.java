/**
 * Reads histories: which commits are new, and what each of them says and changed.
 *
 * <p>{@link dev.nightjar.git.history.HistoryReader} is the recipe: one thread walks the commits
 * from the newest back, several compare trees, and the caller gets finished blocks of commits one
 * after the other. What is known already is asked of {@link dev.nightjar.git.history.KnownCommits},
 * so this package stores nothing and knows no database.
 */
@NullMarked
package dev.nightjar.git.history;

import org.jspecify.annotations.NullMarked;
