/** Verbs about what is kept. */
@NullMarked
package dev.nightjar.cli.store;

import org.jspecify.annotations.NullMarked;
