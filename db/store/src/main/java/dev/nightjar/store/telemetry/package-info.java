/**
 * What was read of machines again and again: kept packed, a minute of a metric in a row, and
 * thinned on its way out.
 */
@NullMarked
package dev.nightjar.store.telemetry;

import org.jspecify.annotations.NullMarked;
