/** Files of the kernel as text: where they are, and how they are parsed without garbage. */
@NullMarked
package dev.nightjar.kernel.proc;

import org.jspecify.annotations.NullMarked;
