package dev.nightjar.jobs;

import dev.nightjar.doors.Doors;
import dev.nightjar.doors.git.RefWatch;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.model.git.GitRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ingests now and whenever the refs of the repository change, until it is stopped. Each ingest is a
 * run of its own.
 */
public final class IngestWatch {
  /** One looks by oneself now and then: some file systems tell of no change. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  /** How soon to try again what the environment did not let happen. */
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final PipelineRequest request;
  private final Doors doors;
  private final RunListener listener;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean isStopped;
  private volatile @Nullable RefWatch watch;

  /**
   * A watch that has not begun.
   *
   * @param request the pipeline {@link Pipeline#INGEST} over the repository to watch
   * @param doors those of this process
   */
  public IngestWatch(PipelineRequest request, Doors doors, RunListener listener) {
    this.request = request;
    this.doors = doors;
    this.listener = listener;
  }

  /**
   * Ingests and watches until {@link #stop}.
   *
   * @param outcomes hears what came of each ingest
   * @throws Failure when the first ingest fails, or a later one for a mistake that stays
   */
  public void run(Consumer<RunOutcome> outcomes) throws Exception {
    try (GitRepository repository =
            GitRepository.open(request.workspace().settings().repository());
        RefWatch own = RefWatch.of(repository)) {
      watch = own;
      List<GitRef> seen = ingest(repository, List.of(), outcomes, true);
      if (!isStopped) {
        listener.note("Watching " + repository.sharedFolder() + " for changes of refs.");
      }
      while (!isStopped) {
        own.await(seen.isEmpty() ? TRY_AGAIN : LOOK_AGAIN);
        seen = ingest(repository, seen, outcomes, false);
      }
    } finally {
      ended.countDown();
    }
  }

  /**
   * Ingests if the refs are not those seen before.
   *
   * @return the refs that are stored now; none if that failed and is to be tried again
   */
  private List<GitRef> ingest(
      GitRepository repository, List<GitRef> seen, Consumer<RunOutcome> outcomes, boolean isFirst)
      throws Exception {
    if (isStopped) {
      return seen;
    }
    try {
      List<GitRef> refs = repository.refs();
      if (isFirst || !refs.equals(seen)) {
        outcomes.accept(new PipelineRunner(doors, this::passOn).run(request));
      }
      return refs;
    } catch (CancellationException e) {
      listener.note("Stopped: what is stored stays, and the next ingest goes on from there.");
      return seen;
    } catch (Failure.Unavailable e) {
      if (isFirst) {
        throw e;
      }
      listener.note(e.getMessage() + " It is tried again.");
      return List.of();
    }
  }

  /** Ends it soon: between two portions of an ingest, or at once while nothing happens. */
  public void stop() {
    isStopped = true;
    RefWatch open = watch;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Waits until {@link #run} has ended.
   *
   * @return whether it did so within the limit
   */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Passes on what it hears, and breaks an ingest off when this is to end. */
  private void passOn(RunEvent event) {
    if (isStopped && event instanceof RunEvent.Progressed) {
      throw new CancellationException("the watch is stopped");
    }
    listener.hear(event);
  }
}
