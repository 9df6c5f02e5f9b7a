package dev.nightjar.store.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the view {@code hotspots}. */
public record HotspotLine(
    String path,
    long changes,
    long linesChanged,
    int authors,
    double heat,
    @Nullable Instant lastChangedAt) {}
