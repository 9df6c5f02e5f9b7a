/**
 * The files of one commit: what stands at each path, how large it is, and what it counts as.
 * Languages and the marks generated, vendored and documentation follow GitHub's linguist as far as
 * paths and {@code .gitattributes} tell; contents are not looked at, except for pointers of git
 * LFS.
 */
@NullMarked
package dev.nightjar.git.head;

import org.jspecify.annotations.NullMarked;
