/**
 * Telemetry of a run as lanes over one time line.
 *
 * <p>Counters become rates, processor time becomes cores, stalls become shares of time. A reading
 * that is absent, a counter that began anew and a pause of the sampler are gaps, never zero.
 */
@NullMarked
package dev.nightjar.site.telemetry;

import org.jspecify.annotations.NullMarked;
