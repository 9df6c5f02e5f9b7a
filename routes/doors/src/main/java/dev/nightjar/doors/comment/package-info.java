/**
 * One comment on a pull request that is written anew with each run, on GitHub, GitLab and servers
 * that speak as they do: {@link dev.nightjar.doors.comment.ReviewComment} finds the one that it
 * made before, by a mark in its text and by its author, and edits it.
 */
@NullMarked
package dev.nightjar.doors.comment;

import org.jspecify.annotations.NullMarked;
