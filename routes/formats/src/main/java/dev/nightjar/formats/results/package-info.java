/**
 * Reads what benchmark tools write. The format is found out from the content;
 * docs/results-format.md lists the formats and what is taken from each.
 *
 * <p>Files are hostile: they are read as streams within bounds on size, depth and the length of
 * numbers and texts. What is malformed is named with its line and reason, and the rest is kept.
 */
@NullMarked
package dev.nightjar.formats.results;

import org.jspecify.annotations.NullMarked;
