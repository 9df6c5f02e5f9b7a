/** What every verb shares: its command line, its options, its exit code. */
@NullMarked
package dev.nightjar.cli.command;

import org.jspecify.annotations.NullMarked;
