package dev.nightjar.model;

import org.jspecify.annotations.Nullable;

/**
 * A file as it is at the head of a repository.
 *
 * @param path with U+FFFD for what is no valid text
 * @param blob id of its content
 * @param sizeBytes of its content; absent where that is not there
 */
public record HeadFile(String path, String blob, @Nullable Long sizeBytes) {}
