/**
 * Reads repositories: commits, refs, file changes. The one room that knows JGit; nothing is stored
 * here.
 */
@NullMarked
package dev.nightjar.git;

import org.jspecify.annotations.NullMarked;
