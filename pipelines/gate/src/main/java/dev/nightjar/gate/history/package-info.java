/**
 * Which earlier runs a present one is held against, and which results it should have: the baseline,
 * the branch, the lineage of commits, names that changed.
 */
@NullMarked
package dev.nightjar.gate.history;

import org.jspecify.annotations.NullMarked;
