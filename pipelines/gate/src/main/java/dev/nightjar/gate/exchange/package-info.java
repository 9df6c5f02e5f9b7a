/**
 * Runs that travel: as files in a folder that is carried from one ephemeral machine to the next, as
 * other tools' result files, and between databases.
 */
@NullMarked
package dev.nightjar.gate.exchange;

import org.jspecify.annotations.NullMarked;
