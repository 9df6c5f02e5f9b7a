package dev.nightjar.model.git;

/** A line like {@code Reviewed-by: A. Person} at the end of a commit message. */
public record GitTrailer(String key, String value) {}
