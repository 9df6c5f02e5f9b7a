package dev.nightjar.kernel.modules.scheduler;

/**
 * What {@code ai_scheduler} counts.
 *
 * @param leases alive now
 * @param boosts given since the module was loaded, as all that follow
 * @param expired ended by their deadline
 * @param dropped ended by their owner
 * @param ownerClosed ended as their owner closed the module or died
 * @param taskExited ended with their task
 * @param refused for lack of permission
 * @param shifts a boost taken or given back for a device's sake
 * @param overridden not restored, since another had changed the task meanwhile
 */
public record BoostTotals(
    long leases,
    long boosts,
    long expired,
    long dropped,
    long ownerClosed,
    long taskExited,
    long refused,
    long shifts,
    long overridden) {}
