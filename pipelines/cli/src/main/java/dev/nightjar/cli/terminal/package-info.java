/** Text for a terminal: safe, in columns, and never wider than it is. */
@NullMarked
package dev.nightjar.cli.terminal;

import org.jspecify.annotations.NullMarked;
