/**
 * Numbers as people write them: units chosen for the size, so many significant digits, effects in
 * words, moments and spans of time.
 */
@NullMarked
package dev.nightjar.reports.quantity;

import org.jspecify.annotations.NullMarked;
