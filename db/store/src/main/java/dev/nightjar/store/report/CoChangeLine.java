package dev.nightjar.store.report;

/** A row of the view {@code co_changes}. */
public record CoChangeLine(String path, String otherPath, long together, double degree) {}
