/**
 * The report's page: a list of sections, each one class, written in the order in which people read
 * in the morning: the verdict, the results, their history, what came in, what the machine did, and
 * what was not measured.
 *
 * <p>The page is one file. Its style sheet and its one small script stand inside and are allowed by
 * their hashes; nothing else may run or be fetched. Everything is readable without the script,
 * which only adds search, filter and sorting.
 */
@NullMarked
package dev.nightjar.site.page;

import org.jspecify.annotations.NullMarked;
