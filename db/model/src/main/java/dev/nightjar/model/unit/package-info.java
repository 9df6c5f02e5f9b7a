/**
 * Units of what is measured: what a tool's spelling means in UCUM, what it is converted to, and how
 * a value is written for people.
 */
@NullMarked
package dev.nightjar.model.unit;

import org.jspecify.annotations.NullMarked;
