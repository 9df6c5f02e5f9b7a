package dev.nightjar.jobs.ledger;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunPlace;
import dev.nightjar.model.RunState;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one checkout. While it is open, no other process runs there: two would write one
 * report.
 */
public final class RunLedger implements AutoCloseable {
  /**
   * A run elsewhere that is dead for so long is left for whoever had it: a host that was taken away
   * does not come back to do it.
   */
  private static final Duration NEVER_TO_RETURN = Duration.ofDays(7);

  private final Database database;
  private final RunPlace place;
  private final Duration patience;
  private final Consumer<String> notes;
  private final HeldLock checkout;

  private RunLedger(
      Database database,
      RunPlace place,
      Duration patience,
      Consumer<String> notes,
      HeldLock checkout) {
    this.database = database;
    this.place = place;
    this.patience = patience;
    this.notes = notes;
    this.checkout = checkout;
  }

  /**
   * Opens the ledger of a checkout.
   *
   * @param patience for how long an owner of a run waits for a server that is away
   * @param notes hears in sentences what becomes of earlier runs
   * @throws Failure.Unavailable when another process has it open
   */
  public static RunLedger open(
      Database database, RunPlace place, Duration patience, Consumer<String> notes) {
    String name =
        "run in %s on %s, %s".formatted(place.location(), place.hostName(), place.bootId());
    HeldLock checkout =
        database
            .locks()
            .tryAcquire(name, process())
            .orElseThrow(() ->
                new Failure.Unavailable(
                    "Another run over %s is going on (%s): wait for it to end."
                        .formatted(
                            place.location(),
                            database.locks().lastOwner(name).orElse("just begun"))));
    return new RunLedger(database, place, patience, notes, checkout);
  }

  static String process() {
    return "process " + ProcessHandle.current().pid();
  }

  /** Begins a run. Earlier ones of this checkout that are dead are left as abandoned. */
  public OwnedRun begin(RunDraft draft) {
    leaveTheDead(draft);
    Run run = draft.begun();
    return owned(
        run,
        lock(run).orElseThrow(),
        () -> database.runs().begin(run, draft.settings(), place, process()));
  }

  /**
   * Goes on with the newest run of this checkout that did not complete, if it measures the same
   * commit on the same kind of machine. Those that do not are left as abandoned: whatever a
   * scheduler calls does without a person what the next call can do.
   *
   * @return empty when there is none: a new one is to begin
   */
  public Optional<OwnedRun> resume(RunDraft draft) {
    for (Run run : database.runs().unfinished(draft.pipeline(), draft.repositoryId(), place)) {
      Optional<HeldLock> lock = lockOfDead(run);
      if (lock.isEmpty()) {
        continue; // it is alive, begun by a version that kept no places
      }
      boolean isSameHead = Objects.equals(run.headCommit(), draft.head());
      if (isSameHead && run.hostId() == draft.hostId()) {
        return Optional.of(goOn(run, lock.get()));
      }
      abandon(run, lock.get());
      notes.accept(isSameHead ? otherMachine(run) : otherHead(run, draft));
    }
    return Optional.empty();
  }

  private OwnedRun goOn(Run run, HeldLock lock) {
    OwnedRun owned = owned(run, lock, () -> database.runs().reopen(run.id(), place, process()));
    notes.accept("Going on with the run of " + seconds(run.startedAt()) + ".");
    return owned;
  }

  private OwnedRun owned(Run run, HeldLock lock, Runnable note) {
    try {
      note.run();
      return new OwnedRun(run, database, checkout, lock, patience);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String otherHead(Run run, RunDraft draft) {
    return "The run of %s did not complete; it measured commit %s, and %s is checked out now: it is left, and a new run begins."
        .formatted(seconds(run.startedAt()), shortened(run.headCommit()), shortened(draft.head()));
  }

  private static String otherMachine(Run run) {
    return "The run of %s did not complete and is left: this machine has become one of another kind since, and a new run begins."
        .formatted(seconds(run.startedAt()));
  }

  private static String shortened(@Nullable String commit) {
    return commit == null ? "none" : commit.substring(0, Math.min(12, commit.length()));
  }

  private static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private void leaveTheDead(RunDraft draft) {
    boolean isLeft = false;
    for (Run run : database.runs().running(draft.pipeline(), draft.repositoryId(), place)) {
      Optional<HeldLock> lock = lockOfDead(run);
      lock.ifPresent(held -> abandon(run, held));
      isLeft |= lock.isPresent();
    }
    for (Run run :
        database.runs().running(draft.pipeline(), draft.repositoryId(), NEVER_TO_RETURN)) {
      lockOfDead(run).ifPresent(held -> abandon(run, held));
    }
    if (isLeft) {
      notes.accept(
          "An earlier run did not complete and is left; the same command with --resume would have"
              + " gone on with it.");
    }
  }

  private void abandon(Run run, HeldLock lock) {
    try (lock) {
      database.fencedBy(lock).runs().finish(run.id(), RunState.ABANDONED);
    }
  }

  /** Empty when another process works on it. */
  private Optional<HeldLock> lock(Run run) {
    return database.locks().tryAcquire("run " + run.id(), process());
  }

  /** Empty when another process works on it, or has just ended it. */
  private Optional<HeldLock> lockOfDead(Run run) {
    Optional<HeldLock> lock = lock(run);
    if (lock.isPresent()
        && database.runs().find(run.id()).stream().noneMatch(now -> now.state() == run.state())) {
      lock.get().close();
      return Optional.empty();
    }
    return lock;
  }

  @Override
  public void close() {
    checkout.close();
  }
}
