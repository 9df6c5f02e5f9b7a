package dev.nightjar.model.git;

import org.jspecify.annotations.Nullable;

/**
 * What a file counts as, by the conventions of GitHub's linguist: its path, and what {@code
 * .gitattributes} says of it.
 *
 * @param language linguist's name of it; absent where the path does not tell
 * @param isGenerated written by a program, such as a lock file
 * @param isVendored taken over from another project
 * @param isDocumentation for people to read, such as what lies under {@code docs/}
 */
public record FileMarks(
    @Nullable String language, boolean isGenerated, boolean isVendored, boolean isDocumentation) {}
