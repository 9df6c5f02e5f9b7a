/**
 * The viewer of a repository in four dimensions: what it shows is worked out here, so that the
 * browser only has to draw.
 *
 * <p>{@link dev.nightjar.viewer.History} holds a whole history in arrays; {@code TimeOrder} and
 * {@code Lanes} say where each commit stands, {@code City} where each file stands and how it was at
 * each time. {@link dev.nightjar.viewer.ViewerFolder} writes all of it as pages that a browser
 * loads by need, from a server or from a file. The programs that draw are in {@code
 * src/main/viewer}.
 */
@NullMarked
package dev.nightjar.viewer;

import org.jspecify.annotations.NullMarked;
