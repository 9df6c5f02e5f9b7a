/**
 * The one place that calls the C library and opens kernel files: {@code java.lang.foreign} only, no
 * native code of our own.
 *
 * <p>Calls answer as the kernel does: a result of at least zero, or the negated {@code errno}. What
 * owns memory or a descriptor is closeable, and its lifetime is its owner's.
 */
@NullMarked
package dev.nightjar.kernel.linux;

import org.jspecify.annotations.NullMarked;
