package dev.nightjar.site.data;

import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.VerdictKind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run in the list of runs.
 *
 * @param finishedAt absent while it runs
 * @param headCommit in hex; absent in an empty repository
 * @param branch absent when detached
 * @param verdicts how many series got which verdict
 */
public record RunSummary(
    UUID id,
    String pipeline,
    RunState state,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String headCommit,
    @Nullable String branch,
    Map<VerdictKind, Integer> verdicts) {
  public RunSummary {
    verdicts = Map.copyOf(verdicts);
  }

  /** A run with its verdicts. */
  public static RunSummary of(Run run, Map<VerdictKind, Integer> verdicts) {
    return new RunSummary(
        run.id(),
        run.pipeline(),
        run.state(),
        run.startedAt(),
        run.finishedAt(),
        run.headCommit(),
        run.branch(),
        verdicts);
  }
}
