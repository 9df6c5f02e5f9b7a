package dev.nightjar.model.git;

import java.util.List;

/**
 * A commit and what it changed.
 *
 * @param id object id in lower-case hexadecimal
 * @param parents their ids, in the commit's order
 * @param author who wrote it
 * @param committer who committed it
 * @param subject first paragraph of the message on one line
 * @param body the rest of the message; its {@code bytes}, where present, are of the whole message
 * @param trailers of the last paragraph, in order
 * @param signed whether a signature is present; nobody verified it
 * @param listing why {@code changes} is what it is
 * @param changes in the order of paths
 */
public record GitCommit(
    String id,
    List<String> parents,
    GitSignature author,
    GitSignature committer,
    String subject,
    GitText body,
    List<GitTrailer> trailers,
    boolean signed,
    ChangeListing listing,
    List<FileChange> changes) {}
