/** The sources of host telemetry, one class each. */
@NullMarked
package dev.nightjar.kernel.source;

import org.jspecify.annotations.NullMarked;
