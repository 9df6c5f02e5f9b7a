/** The scheduler module: boosts as leases, and what they did. */
@NullMarked
package dev.nightjar.kernel.modules.scheduler;

import org.jspecify.annotations.NullMarked;
