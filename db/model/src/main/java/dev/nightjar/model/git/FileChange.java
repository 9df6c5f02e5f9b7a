package dev.nightjar.model.git;

import org.jspecify.annotations.Nullable;

/**
 * What one commit did to one path. A count that cannot be known (binary, submodule, missing or
 * oversized blob) is absent.
 *
 * @param path the path after the change; of a deletion, the path that is gone
 * @param oldPath the path before a rename, else absent
 * @param kind what happened
 * @param similarityPercent of a rename, how much of the content stayed; 100 for an exact one
 * @param linesAdded as {@code git log --numstat} counts them
 * @param linesDeleted likewise
 */
public record FileChange(
    GitText path,
    @Nullable GitText oldPath,
    ChangeKind kind,
    @Nullable Integer similarityPercent,
    @Nullable Integer linesAdded,
    @Nullable Integer linesDeleted) {}
