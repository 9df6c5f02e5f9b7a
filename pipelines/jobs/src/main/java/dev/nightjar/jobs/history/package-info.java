/** How a history comes about that was not measured night by night: backfilled, or imported. */
@NullMarked
package dev.nightjar.jobs.history;

import org.jspecify.annotations.NullMarked;
