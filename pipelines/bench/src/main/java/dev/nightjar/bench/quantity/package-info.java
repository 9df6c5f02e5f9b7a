/**
 * What a command is measured by beside its time, and by what means: what can be read of the
 * repetition itself, and instruments that need a run of their own. Whether a host can measure a
 * quantity is found out before; one that it cannot is left out with the reason.
 */
@NullMarked
package dev.nightjar.bench.quantity;

import org.jspecify.annotations.NullMarked;
