package dev.nightjar.store.git;

import dev.nightjar.model.git.PersonCorrections;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.util.Optional;

/** Who wrote what is stored of a repository. */
public final class HistoryPeople {
  private HistoryPeople() {}

  /**
   * Lets a {@code .mailmap} that changed since the history was read say who people are. Nothing is
   * done while another process reads the history, which does the same at its end.
   */
  public static void correct(
      Database database, long repositoryId, String owner, PersonCorrections corrections) {
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
