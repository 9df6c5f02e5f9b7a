/** The memory module: a pool of pinned blocks. */
@NullMarked
package dev.nightjar.kernel.modules.memory;

import org.jspecify.annotations.NullMarked;
