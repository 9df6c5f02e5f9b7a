/** Tracing programs that are run beside the sampler, where the person asked for them. */
@NullMarked
package dev.nightjar.kernel.bpf;

import org.jspecify.annotations.NullMarked;
