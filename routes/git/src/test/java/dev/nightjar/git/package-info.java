/**
 * Holds the reader against git itself: repositories are made and listed by the {@code git} command,
 * and what git says of them is what the reader must say.
 */
@NullMarked
package dev.nightjar.git;

import org.jspecify.annotations.NullMarked;
