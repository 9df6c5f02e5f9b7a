/**
 * The vocabulary of Nightjar: what a run, a sample, a verdict is, for every room of the house.
 *
 * <p>Records and enums without behaviour beyond their own invariants, and without dependencies.
 * Names are those of the database's tables and of its documented views; units stand at the end of a
 * name ({@code wallNanos}); an absent reading is {@code null} or an empty optional, never zero.
 */
@NullMarked
package dev.nightjar.model;

import org.jspecify.annotations.NullMarked;
