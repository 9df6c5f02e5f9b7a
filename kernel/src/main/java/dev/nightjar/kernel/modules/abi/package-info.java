/**
 * The calls of Nightjar's modules as bytes: {@link dev.nightjar.kernel.modules.abi.StructType}
 * repeats the structs of the headers in {@code kernel/modules/include/uapi}, and a test compares
 * the two.
 */
@NullMarked
package dev.nightjar.kernel.modules.abi;

import org.jspecify.annotations.NullMarked;
