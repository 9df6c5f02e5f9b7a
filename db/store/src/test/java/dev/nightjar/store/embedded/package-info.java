/** The embedded stores under what happens to processes: kills, idle time, other users. */
@NullMarked
package dev.nightjar.store.embedded;

import org.jspecify.annotations.NullMarked;
