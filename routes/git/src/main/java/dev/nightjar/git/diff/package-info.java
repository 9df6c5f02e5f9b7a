/**
 * What differs between two trees, as {@code git log --numstat -M} tells it.
 *
 * <p>{@link dev.nightjar.git.diff.TreeDiff} compares raw trees and goes into those that differ;
 * {@link dev.nightjar.git.diff.RenameDetection} pairs what is gone with what is new by git's rules;
 * {@link dev.nightjar.git.diff.LineCounter} counts lines without making a list of edits. {@link
 * dev.nightjar.git.diff.CommitDiff} puts them together. Instances hold buffers and belong to one
 * thread.
 */
@NullMarked
package dev.nightjar.git.diff;

import org.jspecify.annotations.NullMarked;
