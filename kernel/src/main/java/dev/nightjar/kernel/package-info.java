/**
 * The operating system: {@link dev.nightjar.kernel.HostPlatform} is what the house asks of one, and
 * the packages below are Linux: host telemetry, exact readings around a benchmark, the host's
 * fingerprint, and the API of Nightjar's own kernel modules.
 *
 * <p>A reading that cannot be had is absent, never zero. Nothing here needs a privilege to be
 * started: each source says in words why it is not there.
 */
@NullMarked
package dev.nightjar.kernel;

import org.jspecify.annotations.NullMarked;
