/** Linux as {@link dev.nightjar.kernel.HostPlatform} wants a system. */
@NullMarked
package dev.nightjar.kernel.host;

import org.jspecify.annotations.NullMarked;
