/** What is read of a machine: over time, and at the two ends of a sample. */
@NullMarked
package dev.nightjar.model.telemetry;

import org.jspecify.annotations.NullMarked;
