package dev.nightjar.model.event;

import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Something that happened in a run. */
public sealed interface RunEvent {
  /** A run has begun, or is gone on with. */
  record Begun(Run run) implements RunEvent {}

  /** A step has begun. */
  record StepBegan(String step) implements RunEvent {}

  /**
   * A step has come further.
   *
   * @param what what is being counted, such as {@code commits}
   * @param done how many are done
   * @param total how many there are; 0 when not known
   */
  record Progressed(String step, String what, long done, long total) implements RunEvent {}

  /**
   * A repetition's samples are stored.
   *
   * @param benchmark as the settings call it
   * @param repetition its number, from 0
   * @param series those that it gave a sample of
   */
  record SamplesStored(String benchmark, int repetition, List<Series> series) implements RunEvent {
    public SamplesStored {
      series = List.copyOf(series);
    }
  }

  /** The run was judged, and its verdicts are stored. */
  record Judged(List<Verdict> verdicts) implements RunEvent {
    public Judged {
      verdicts = List.copyOf(verdicts);
    }
  }

  /** Something a person wants to know, in a sentence. */
  record Noted(String sentence) implements RunEvent {}

  /**
   * A step has ended well.
   *
   * @param detail what came of it
   */
  record StepEnded(String step, String detail, Duration took) implements RunEvent {}

  /** The run has ended in this state, as far as the process sees that worked on it. */
  record Ended(UUID runId, RunState state) implements RunEvent {}
}
