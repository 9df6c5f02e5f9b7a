package dev.nightjar.bench;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Is told what happens while benchmarks run. Everything is called from the running thread. */
public interface RunObserver {

  /**
   * A repetition is done: its samples belong together, and once they are stored it need not be run
   * again.
   *
   * @param repetition its number, from 0
   */
  void repetitionDone(int repetition, List<Sample> samples);

  /** Something was left out: a value, a file, a repetition. */
  void skipped(Skip skip);

  /**
   * A result file says of one of its benchmarks that it failed; the others' values stand.
   *
   * @param benchmark as its series is called
   * @param parameters those of its series; others of that name have not failed
   */
  default void failed(String benchmark, SortedMap<String, String> parameters, String reason) {
    skipped(new Skip("benchmarks", benchmark, reason));
  }

  /** Of these series, whose samples come next, nobody says which way is better. */
  default void directionsAssumed(Set<Series> series) {}

  /** A process of the benchmark has started, a warm-up's or the set-up's included. */
  default void processStarted(long pid) {}

  /** The process has ended, with all that it started in its group. */
  default void processEnded(long pid) {}
}
