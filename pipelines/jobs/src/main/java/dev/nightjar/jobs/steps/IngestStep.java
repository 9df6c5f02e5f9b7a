package dev.nightjar.jobs.steps;

import dev.nightjar.routes.git.GitIngestSummary;
import dev.nightjar.store.HeldLock;

/** Brings in what is new in the repository. */
public final class IngestStep implements PipelineStep {
  @Override
  public String run(RunContext context) throws InterruptedException {
    long repositoryId = context.run().repositoryId();
    GitIngestSummary summary;
    try (HeldLock _ = Turn.ofHistory(context.database(), repositoryId, context.observer())) {
      summary =
          context
              .ingest()
              .git(
                  context.repository(),
                  repositoryId,
                  (done, total) -> context.observer().progressed("ingest", "commits", done, total));
    }
    tellOfUnreadable(context, summary);
    return "%,d new commits with %,d file changes, %,d refs"
        .formatted(summary.commits(), summary.changes(), summary.refs());
  }

  /** Counts that need an object which is not there are absent; a person should know why. */
  private static void tellOfUnreadable(RunContext context, GitIngestSummary summary) {
    long count = summary.unreadableCount();
    if (count == 0) {
      return;
    }
    String remedy =
        context.repository().isPartialClone()
            ? "This is a partial clone, which lacks what was never needed: 'git fetch --refetch"
                + " --no-filter' brings it."
            : "'git fsck' says more of the repository.";
    context
        .observer()
        .noted(
            "%,d objects could not be read, such as: %s. The counts that need them are left out. %s"
                .formatted(count, summary.unreadable().getFirst().error(), remedy));
  }
}
