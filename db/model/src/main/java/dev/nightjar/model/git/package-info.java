/** The vocabulary of git histories: commits, changes, refs, people, the files at a head. */
@NullMarked
package dev.nightjar.model.git;

import org.jspecify.annotations.NullMarked;
