/** Small histories, laid out and read back. */
@NullMarked
package dev.nightjar.viewer;

import org.jspecify.annotations.NullMarked;
