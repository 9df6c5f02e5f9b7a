/**
 * What starts runs by itself: schedules, what is kept and for how long, and who is told. Nothing
 * lives here yet: a {@code schedule} in the settings is refused.
 */
@NullMarked
package dev.nightjar.nights;

import org.jspecify.annotations.NullMarked;
