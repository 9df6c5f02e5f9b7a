package dev.nightjar.site.data;

import dev.nightjar.model.VerdictKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series in one run, summed up.
 *
 * @param startedAt when the run began
 * @param headCommit what was checked out, in hex
 * @param sampleCount at least 1
 * @param median of the values; the others likewise
 * @param medianLow lower end of the median's distribution-free 95 % interval; absent below six
 *     samples, where none exists
 * @param medianHigh upper end of it
 * @param verdict what was said of the series in that run; absent when nobody judged it
 */
public record HistoryPoint(
    UUID runId,
    Instant startedAt,
    @Nullable String headCommit,
    int sampleCount,
    double min,
    double median,
    double max,
    @Nullable Double medianLow,
    @Nullable Double medianHigh,
    @Nullable VerdictKind verdict) {}
