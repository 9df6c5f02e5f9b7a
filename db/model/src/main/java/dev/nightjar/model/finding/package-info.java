/**
 * Findings: what got worse, from the run that shows it first to the measurement or the person that
 * ends it.
 */
@NullMarked
package dev.nightjar.model.finding;

import org.jspecify.annotations.NullMarked;
