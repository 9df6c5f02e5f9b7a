/**
 * Brings the history of a repository into the database: the bridge from the reader in {@code
 * routes/git} to the writer in {@code db/store}.
 *
 * <p>{@link dev.nightjar.doors.git.GitIngest} is a plain class that a route, a job or a test calls.
 * It may be killed at any time: started again, it takes up where the last transaction ended. {@link
 * dev.nightjar.doors.git.RefWatch} tells when there may be something to bring in.
 */
@NullMarked
package dev.nightjar.doors.git;

import org.jspecify.annotations.NullMarked;
