/**
 * The two doors to the file system that every room uses: {@link dev.nightjar.model.file.InputFile}
 * for files that others may have put there, {@link dev.nightjar.model.file.OutputFile} for files
 * that others shall read.
 *
 * <p>Whoever may write into a repository or a shared folder may put anything under a name that
 * Nightjar reads or writes: a pipe that never ends, a link to a private file, a terabyte of
 * nothing. What protects against it stands here once; an architecture test keeps other ways out.
 */
@NullMarked
package dev.nightjar.model.file;

import org.jspecify.annotations.NullMarked;
