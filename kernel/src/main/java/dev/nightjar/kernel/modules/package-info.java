/**
 * Nightjar's own kernel modules from Java: a pool of pinned blocks ({@link
 * dev.nightjar.kernel.modules.memory.PinnedPool}), boosts as leases ({@link
 * dev.nightjar.kernel.modules.scheduler.TaskBoost}), work for devices ({@link
 * dev.nightjar.kernel.modules.gpu.Accelerator}), and what their files in {@code /proc} say.
 *
 * <p>What the kernel refuses is a {@link dev.nightjar.kernel.modules.ModuleFailure}, by type. Where
 * a module is not loaded that is {@link dev.nightjar.kernel.modules.ModuleFailure.Absent}, and
 * callers do without. Using something after its close is an {@link IllegalStateException}, memory
 * included. Whatever is open is the kernel's to end when this process ends, in whatever way.
 *
 * <p>The headers in {@code kernel/modules/include/uapi} define the calls; {@link
 * dev.nightjar.kernel.modules.abi.StructType} repeats their structs, and a test compares the two.
 */
@NullMarked
package dev.nightjar.kernel.modules;

import org.jspecify.annotations.NullMarked;
