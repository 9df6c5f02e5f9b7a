package dev.nightjar.routes;

import dev.nightjar.git.GitRepository;
import dev.nightjar.routes.git.GitIngestProgress;

/** A history on its way: where it is read, and which repository of the database it is of. */
record RepositoryHistory(GitRepository repository, long repositoryId, GitIngestProgress progress) {
  @Override
  public String toString() {
    return "history of repository " + repositoryId;
  }
}
