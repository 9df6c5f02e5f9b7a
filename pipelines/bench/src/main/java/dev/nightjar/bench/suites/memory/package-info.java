/** The suite {@code memory}. */
@NullMarked
package dev.nightjar.bench.suites.memory;

import org.jspecify.annotations.NullMarked;
