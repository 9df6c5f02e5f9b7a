/**
 * Programs that measure the store, run by hand; {@code db/README.md} names their commands.
 *
 * <p>What they print is kept under {@code docs/benchmarks}.
 */
@NullMarked
package dev.nightjar.store.measuring;

import org.jspecify.annotations.NullMarked;
