package dev.nightjar.store.report;

/** A row of the view {@code ownership}. */
public record OwnershipLine(
    String part, String mainAuthor, double share, int authors, int busFactor) {}
