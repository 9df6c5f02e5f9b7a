/**
 * The built-in suites: benchmarks of the host itself. A suite that this host or this version cannot
 * run is skipped with the reason.
 */
@NullMarked
package dev.nightjar.bench.suites;

import org.jspecify.annotations.NullMarked;
