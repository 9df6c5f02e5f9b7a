package dev.nightjar.doors;

import dev.nightjar.doors.git.GitIngest;
import dev.nightjar.doors.git.GitIngestSummary;
import dev.nightjar.model.DeadLetter;
import org.apache.camel.Handler;
import org.apache.camel.ProducerTemplate;

/** The end of the git route: what the repository has and the database lacks is brought in. */
final class GitSink {
  private final GitIngest ingest;
  private final ProducerTemplate routes;

  GitSink(GitIngest ingest, ProducerTemplate routes) {
    this.ingest = ingest;
    this.routes = routes;
  }

  @Handler
  GitIngestSummary ingest(RepositoryHistory history) throws InterruptedException {
    GitIngestSummary summary =
        ingest.run(history.repository(), history.repositoryId(), history.progress());
    for (DeadLetter letter : summary.unreadable()) {
      routes.requestBody(IngestRoutes.DEAD_LETTER, letter);
    }
    return summary;
  }
}
