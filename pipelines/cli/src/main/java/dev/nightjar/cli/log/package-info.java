/** The log file, which is private. */
@NullMarked
package dev.nightjar.cli.log;

import org.jspecify.annotations.NullMarked;
