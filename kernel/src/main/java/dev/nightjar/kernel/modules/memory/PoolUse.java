package dev.nightjar.kernel.modules.memory;

/**
 * How the pool is used, in blocks.
 *
 * @param total of the pool
 * @param free zeroed and nobody's
 * @param used owned by open files
 * @param limbo given back, but a device or the kernel still uses their page
 * @param own of this open pool
 */
public record PoolUse(long total, long free, long used, long limbo, long own) {}
