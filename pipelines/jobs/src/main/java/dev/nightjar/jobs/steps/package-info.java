/**
 * The steps of the pipelines, one class each with one public method: what is brought in, measured,
 * judged, published.
 *
 * <p>A step may be called again after a kill, and must then neither lose nor double anything: it
 * asks the database how far it came, never its own memory.
 */
@NullMarked
package dev.nightjar.jobs.steps;

import org.jspecify.annotations.NullMarked;
