package dev.nightjar.doors;

import dev.nightjar.doors.git.GitIngest;
import dev.nightjar.doors.git.GitIngestOptions;
import dev.nightjar.doors.git.GitIngestSummary;
import dev.nightjar.model.DeadLetter;
import org.apache.camel.Handler;
import org.apache.camel.Header;

/** The end of the git route: what the repository has and the database lacks is brought in. */
final class GitSink {
  private final DeadLetterSink deadLetters;

  GitSink(DeadLetterSink deadLetters) {
    this.deadLetters = deadLetters;
  }

  @Handler
  GitIngestSummary ingest(RepositoryHistory history, @Header(RunPorts.HEADER) RunPorts run)
      throws InterruptedException {
    GitIngestSummary summary =
        new GitIngest(run.database(), GitIngestOptions.defaults())
            .run(history.repository(), history.repositoryId(), history.progress());
    for (DeadLetter letter : summary.unreadable()) {
      deadLetters.keep(letter, run);
    }
    return summary;
  }
}
