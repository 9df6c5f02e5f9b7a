/** The accelerator module: devices, work and its tickets. */
@NullMarked
package dev.nightjar.kernel.modules.gpu;

import org.jspecify.annotations.NullMarked;
