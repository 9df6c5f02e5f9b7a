/**
 * Other tools' files: what benchmark tools write, and the histories that other services have kept.
 * Pure: from bytes to values, without a database, a clock or a program that is run.
 */
@NullMarked
package dev.nightjar.formats;

import org.jspecify.annotations.NullMarked;
