/** What the machine did while the benchmarks ran, on one time line. */
@NullMarked
package dev.nightjar.site.section.telemetry;

import org.jspecify.annotations.NullMarked;
