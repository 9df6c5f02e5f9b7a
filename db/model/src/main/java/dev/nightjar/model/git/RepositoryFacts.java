package dev.nightjar.model.git;

import org.jspecify.annotations.Nullable;

/**
 * What identifies a repository and where it stands.
 *
 * @param location canonical path of the git directory that all its worktrees share
 * @param name what people call it: the name of its folder
 * @param objectFormat {@code sha1} or {@code sha256}
 * @param defaultBranch short name, such as {@code main}; absent where nothing says it
 * @param branch short name of what is checked out; absent where HEAD is detached
 * @param head id of the commit checked out; absent in an empty repository
 * @param shallow whether its history is cut
 */
public record RepositoryFacts(
    String location,
    String name,
    String objectFormat,
    @Nullable String defaultBranch,
    @Nullable String branch,
    @Nullable String head,
    boolean shallow) {}
