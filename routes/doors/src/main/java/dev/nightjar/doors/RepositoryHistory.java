package dev.nightjar.doors;

import dev.nightjar.doors.git.GitIngestProgress;
import dev.nightjar.git.GitRepository;

/** A history on its way: where it is read, and which repository of the database it is of. */
record RepositoryHistory(GitRepository repository, long repositoryId, GitIngestProgress progress) {
  @Override
  public String toString() {
    return "history of repository " + repositoryId;
  }
}
