/**
 * What {@code kernel} is to Linux, for Windows: it will hold a {@link
 * dev.nightjar.kernel.HostPlatform} over Nightjar's Windows driver, found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>Nothing lives here yet, and nothing is pretended: on Windows the plain platform tells what the
 * JDK does, and that the rest is not known.
 */
@NullMarked
package dev.nightjar.driverwin;

import org.jspecify.annotations.NullMarked;
