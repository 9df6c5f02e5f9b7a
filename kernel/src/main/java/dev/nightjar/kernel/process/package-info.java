/**
 * Processes that are measured: started, watched over with all their children, read at both ends,
 * and ended for certain.
 */
@NullMarked
package dev.nightjar.kernel.process;

import org.jspecify.annotations.NullMarked;
