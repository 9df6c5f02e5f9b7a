/**
 * The report's pages: that of a run, which is a head that says the verdict and then the sections in
 * the order of the report, the archive of all runs, and the feed.
 *
 * <p>The page is one file. Its style sheet and its one small script stand inside and are allowed by
 * their hashes; nothing else may run or be fetched. Everything is readable without the script,
 * which only adds search, filter and sorting.
 */
@NullMarked
package dev.nightjar.site.page;

import org.jspecify.annotations.NullMarked;
