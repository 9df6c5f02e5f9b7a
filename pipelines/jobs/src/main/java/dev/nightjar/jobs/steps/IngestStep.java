package dev.nightjar.jobs.steps;

import dev.nightjar.routes.git.GitIngestSummary;

/** Brings in what is new in the repository. */
public final class IngestStep implements PipelineStep {
  @Override
  public String run(RunContext context) {
    GitIngestSummary summary =
        context
            .ingest()
            .git(
                context.repository(),
                context.run().repositoryId(),
                (done, total) -> context.observer().progressed("ingest", "commits", done, total));
    int unreadable = summary.unreadable().size();
    return "%,d new commits with %,d file changes, %,d refs%s"
        .formatted(
            summary.commits(),
            summary.changes(),
            summary.refs(),
            unreadable == 0 ? "" : ", " + unreadable + " objects could not be read");
  }
}
