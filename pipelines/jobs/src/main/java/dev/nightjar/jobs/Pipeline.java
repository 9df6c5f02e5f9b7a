package dev.nightjar.jobs;

import java.util.List;
import java.util.Locale;

/** What can be run, as a recipe of steps. */
public enum Pipeline {
  /** Everything: this is what {@code nightjar run} does. */
  NIGHTLY,
  /** Only bring in what is new in the repository. */
  INGEST,
  /** Only measure and judge. */
  BENCH;

  /** The name in the database and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of its steps, in their order. */
  public List<String> steps() {
    return switch (this) {
      case NIGHTLY -> List.of(Steps.INGEST, Steps.BENCH, Steps.JUDGE, Steps.PUBLISH);
      case INGEST -> List.of(Steps.INGEST);
      case BENCH -> List.of(Steps.BENCH, Steps.JUDGE);
    };
  }

  /** Names of steps. */
  static final class Steps {
    static final String INGEST = "ingest";
    static final String BENCH = "bench";
    static final String JUDGE = "judge";
    static final String PUBLISH = "publish";

    private Steps() {}
  }
}
