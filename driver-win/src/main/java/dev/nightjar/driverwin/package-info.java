/**
 * What {@code kernel} is to Linux, for Windows: it will hold the implementations of the kernel
 * room's interfaces over Nightjar's Windows driver, found by {@link java.util.ServiceLoader}.
 *
 * <p>Nothing lives here yet, and nothing is pretended: on Windows every kernel interface answers
 * that it is not there.
 */
@NullMarked
package dev.nightjar.driverwin;

import org.jspecify.annotations.NullMarked;
