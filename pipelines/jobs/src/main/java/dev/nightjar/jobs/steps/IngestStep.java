package dev.nightjar.jobs.steps;

import dev.nightjar.doors.git.GitIngestSummary;
import dev.nightjar.jobs.ledger.OwnedRun;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Skip;
import dev.nightjar.store.lock.HeldLock;
import java.util.List;

/** Brings in what is new in the repository. */
public final class IngestStep implements PipelineStep {
  /** Named in the report one by one; a repository that is damaged throughout fills no page. */
  private static final int SKIPS_TOLD = 20;

  private final OwnedRun owned;

  /** A step of a run, whose owner ends when the lock that this takes is lost. */
  public IngestStep(OwnedRun owned) {
    this.owned = owned;
  }

  @Override
  public String run(RunContext context) throws InterruptedException {
    long repositoryId = context.run().repositoryId();
    GitIngestSummary summary;
    try (HeldLock _ =
        owned.holding(Turn.ofHistory(context.database(), repositoryId, context.listener()))) {
      summary =
          context
              .ingest()
              .git(
                  context.repository(),
                  repositoryId,
                  (done, total) -> context.listener().progress("ingest", "commits", done, total));
    }
    tellOfUnreadable(context, summary);
    return "%,d new commits with %,d file changes, %,d refs"
        .formatted(summary.commits(), summary.changes(), summary.refs());
  }

  /** Counts that need what could not be read are absent; a person should know which and why. */
  private static void tellOfUnreadable(RunContext context, GitIngestSummary summary) {
    long count = summary.unreadableCount();
    if (count == 0) {
      return;
    }
    List<DeadLetter> letters = summary.unreadable();
    letters.stream().limit(SKIPS_TOLD).map(IngestStep::skip).forEach(context::skip);
    if (count > SKIPS_TOLD) {
      context.skip(
          new Skip(
              "ingest",
              "%,d more".formatted(count - SKIPS_TOLD),
              "'nightjar db dead-letters' lists the first thousand of a run"));
    }
    String remedy =
        context.repository().isPartialClone()
            ? "This is a partial clone, which lacks what was never needed: 'git fetch --refetch"
                + " --no-filter' brings it."
            : "'git fsck' says more where it is damaged.";
    context
        .listener()
        .note(
            "%,d times something could not be read or counted, such as: %s. The counts that need it are left out. %s"
                .formatted(count, letters.getFirst().error(), remedy));
  }

  private static Skip skip(DeadLetter letter) {
    return new Skip("ingest", letter.subject(), letter.error());
  }
}
