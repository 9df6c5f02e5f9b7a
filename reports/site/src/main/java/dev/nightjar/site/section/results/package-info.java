/** The results of a run: one table, and what histories and telemetry are drawn from. */
@NullMarked
package dev.nightjar.site.section.results;

import org.jspecify.annotations.NullMarked;
