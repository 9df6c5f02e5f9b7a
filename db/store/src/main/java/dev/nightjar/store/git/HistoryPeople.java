package dev.nightjar.store.git;

import dev.nightjar.model.git.PersonCorrections;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.util.Optional;

/** Who wrote what is stored of a repository, as a {@code .mailmap} says that may have changed. */
public final class HistoryPeople {
  private final Database database;
  private final long repositoryId;
  private final PersonCorrections corrections;

  /** The people of a repository's history. */
  public HistoryPeople(Database database, long repositoryId, PersonCorrections corrections) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.corrections = corrections;
  }

  /** Whether identities are stored as somebody who they are not. */
  public boolean haveMoved() {
    GitPeople people = new GitPeople(repositoryId, corrections);
    people.remember(database.read("reading who wrote a history", people::stored));
    return people.haveMoved();
  }

  /**
   * Stores identities and their commits as who they are. Nothing is done while another process
   * reads the history, which does the same at its end.
   */
  public void settle(String owner) {
    Optional<HeldLock> held =
        database.locks().tryAcquire(GitHistoryWriter.lockName(repositoryId), owner);
    if (held.isEmpty()) {
      return;
    }
    try (HeldLock lock = held.get()) {
      database
          .fencedBy(lock)
          .inTransaction(
              "settling who wrote a history",
              connection -> {
                GitPeople people = new GitPeople(repositoryId, corrections);
                people.remember(people.stored(connection));
                return people.settle(connection);
              });
    }
  }
}
