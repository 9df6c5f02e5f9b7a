/**
 * Charts as SVG, drawn on the server's side, so that they need no script, print, and open anywhere.
 *
 * <p>A plot is stretched to its place: it has 1000 × 1000 units whatever its size on screen,
 * strokes do not scale, and every word stands in HTML beside it, so that text is as large on a
 * telephone as on a wall. Colours come from the style sheet by class. Drawings are bounded: a line
 * has at most {@link dev.nightjar.site.chart.Buckets#MOST} points however long the history.
 */
@NullMarked
package dev.nightjar.site.chart;

import org.jspecify.annotations.NullMarked;
