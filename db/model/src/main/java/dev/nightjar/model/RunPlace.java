package dev.nightjar.model;

/**
 * Where a run works: a checkout on a machine. Hosts that share a database know by it which runs are
 * theirs to go on with or to leave.
 *
 * @param location the checkout's path
 * @param hostName the machine's name, which outlives its boots
 * @param bootId the machine's boot, which its containers share
 */
public record RunPlace(String location, String hostName, String bootId) {}
