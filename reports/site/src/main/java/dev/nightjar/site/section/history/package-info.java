/** Each series against its earlier runs: a chart, its change points, its repetitions. */
@NullMarked
package dev.nightjar.site.section.history;

import org.jspecify.annotations.NullMarked;
