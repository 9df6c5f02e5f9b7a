/** Verbs about settings and whose they are. */
@NullMarked
package dev.nightjar.cli.setup;

import org.jspecify.annotations.NullMarked;
