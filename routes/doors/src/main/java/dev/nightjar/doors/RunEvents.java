package dev.nightjar.doors;

import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.store.live.LiveStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Tells those who watch, through Redis, what happens in a run: one JSON object an event on the
 * topic {@link #TOPIC}. A thread of its own tells it, so that a Redis that hangs keeps no run
 * waiting; of progress a few times a second are told, and what a watcher is too slow for is left
 * out.
 */
public final class LiveEvents implements RunListener, AutoCloseable {
  /** Where they are told. */
  public static final String TOPIC = "run";

  private static final int MOST_WAITING = 1_000;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final long PROGRESS_NANOS = 250_000_000;
  private static final String END = "";

  private final UUID runId;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Optional<Thread> teller;
  private long progressToldAt = System.nanoTime() - PROGRESS_NANOS;

  /**
   * Events of a run.
   *
   * @param live where they go; absent when nobody is told
   */
  public LiveEvents(Optional<LiveStream> live, UUID runId) {
    this.runId = runId;
    teller =
        live.map(stream -> Thread.ofVirtual().name("nightjar-events").start(() -> tell(stream)));
  }

  private void tell(LiveStream stream) {
    try {
      for (String text = waiting.take(); !text.equals(END); text = waiting.take()) {
        stream.tell(TOPIC, text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what still waits is left out
    }
  }

  @Override
  public synchronized void hear(RunEvent event) {
    if (teller.isEmpty()) {
      return;
    }
    if (event instanceof RunEvent.Progressed) {
      long now = System.nanoTime();
      if (now - progressToldAt < PROGRESS_NANOS) {
        return;
      }
      progressToldAt = now;
    }
    boolean _ = waiting.offer(RunEventText.json(runId, event)); // full: the watcher misses it
  }

  /** Tells what still waits, for a moment. */
  @Override
  public void close() {
    teller.ifPresent(thread -> {
      if (waiting.offer(END)) {
        try {
          thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      thread.interrupt();
    });
  }
}
