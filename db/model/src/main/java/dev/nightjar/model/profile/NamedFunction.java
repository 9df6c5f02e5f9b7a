package dev.nightjar.model.profile;

import org.jspecify.annotations.Nullable;

/**
 * The function that is named as the cause of a change.
 *
 * @param file relative to the repository, where debug information and the difference of the commits
 *     agree that it was changed; else absent
 * @param line of the first change in it; absent with the file
 * @param sentence what it explains, as a clause
 */
public record NamedFunction(
    FunctionDifference function, @Nullable String file, @Nullable Integer line, String sentence) {}
