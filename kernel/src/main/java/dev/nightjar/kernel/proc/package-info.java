/**
 * Files of the kernel as text: where they are, how they are parsed without garbage, and the columns
 * that readings are gathered in.
 */
@NullMarked
package dev.nightjar.kernel.proc;

import org.jspecify.annotations.NullMarked;
