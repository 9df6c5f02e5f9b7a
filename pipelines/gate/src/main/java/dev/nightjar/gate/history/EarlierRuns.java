package dev.nightjar.gate.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a machine's earlier runs say of one that comes as files: whether it is known, and what it
 * must come after. The time of a file tells neither: caches and archives set it to whatever they
 * like, and a run stored before those it was judged with would be compared with nothing.
 */
public interface EarlierRuns {
  /**
   * The run that was made of the same content.
   *
   * @param content an identifier of any time that {@link dev.nightjar.model.UuidV7#of} made of it
   */
  Optional<PastRun> known(UUID content);

  /** When the newest was made; empty when there is none. */
  Optional<Instant> newest();

  /** When a run is made that is judged now: after all others, whatever the clocks say. */
  default Instant next(Instant now) {
    return newest().filter(newest -> !newest.isBefore(now)).map(n -> n.plusMillis(1)).orElse(now);
  }

  /** What tells one content from another. */
  static String mark(UUID id) {
    return id.toString().substring(14);
  }

  /** Those of a list. */
  static EarlierRuns among(List<PastRun> runs) {
    return new EarlierRuns() {
      @Override
      public Optional<PastRun> known(UUID content) {
        return runs.stream().filter(run -> mark(run.id()).equals(mark(content))).findFirst();
      }

      @Override
      public Optional<Instant> newest() {
        return runs.stream().map(PastRun::startedAt).max(Comparator.naturalOrder());
      }
    };
  }
}
