/**
 * What every reader of results shares: one decoder of text, one identity of a series, one table of
 * units, and one ledger of what was left out.
 *
 * <p>A reader gives {@link dev.nightjar.formats.reading.Measured} values to a {@link
 * dev.nightjar.formats.reading.ResultSink}; what it cannot take it names there, with its place, and
 * goes on.
 */
@NullMarked
package dev.nightjar.formats.reading;

import org.jspecify.annotations.NullMarked;
