package dev.nightjar.kernel;

import java.util.Optional;

/**
 * A device beside the CPU that work can be given to, or that shows something.
 *
 * @param name by which the system knows it: a device node, or a place on a bus
 * @param driver what drives it; empty where nothing does or it is not told
 */
public record HostDevice(String name, Optional<String> driver) {}
