package dev.nightjar.model.event;

import java.util.List;

/**
 * Hears what happens in a run; called from the run's threads, one call at a time. A run neither
 * waits for what a listener does elsewhere nor fails with it: what must not be lost is stored
 * before it is told. An exception ends the run, which is how whoever started it breaks it off.
 */
@FunctionalInterface
public interface RunListener {
  /** Something has happened. */
  void hear(RunEvent event);

  /** A sentence for people. */
  default void note(String sentence) {
    hear(new RunEvent.Noted(sentence));
  }

  /** As {@link RunEvent.Progressed}. */
  default void progress(String step, String what, long done, long total) {
    hear(new RunEvent.Progressed(step, what, done, total));
  }

  /** Each of them hears everything, in this order. */
  static RunListener all(List<RunListener> listeners) {
    List<RunListener> all = List.copyOf(listeners);
    return event -> all.forEach(listener -> listener.hear(event));
  }
}
