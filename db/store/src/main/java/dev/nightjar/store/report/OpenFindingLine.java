package dev.nightjar.store.report;

import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.FindingKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What got worse, as a run saw it.
 *
 * @param kind a step, or bit by bit
 * @param since when the first run that shows it began
 * @param sinceCommit what that one measured, in hex; absent outside a repository
 * @param branch on which branch
 * @param runs of that branch that measured it since
 * @param effectThen the relative change when it was found; absent for one from zero
 * @param effectNow the same in this run; absent when it was not measured
 * @param verdict of this run; absent when it was not judged
 * @param cause the commits, or a condition of the machine
 * @param state how it is by now
 * @param endedAs how this run ended it; absent when it is open behind it
 * @param reason why it ended, or is accepted for a time
 */
public record OpenFindingLine(
    Series series,
    FindingKind kind,
    Instant since,
    @Nullable String sinceCommit,
    @Nullable String branch,
    long runs,
    @Nullable Double effectThen,
    @Nullable Double effectNow,
    @Nullable VerdictKind verdict,
    String cause,
    String state,
    @Nullable String endedAs,
    @Nullable String reason) {}
