/** What is sampled on any system: sources that are read at a tick, and the columns they fill. */
@NullMarked
package dev.nightjar.kernel.telemetry;

import org.jspecify.annotations.NullMarked;
