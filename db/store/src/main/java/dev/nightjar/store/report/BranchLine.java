package dev.nightjar.store.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A branch and where it points.
 *
 * @param tipAt when its tip was committed; absent when that is not known
 */
public record BranchLine(String name, String tip, @Nullable Instant tipAt) {}
