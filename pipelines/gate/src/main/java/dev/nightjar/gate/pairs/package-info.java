/** Decides between two versions that are measured pair by pair. */
@NullMarked
package dev.nightjar.gate.pairs;

import org.jspecify.annotations.NullMarked;
