package dev.nightjar.model.finding;

/** What of a run is held against earlier ones. */
public enum ComparedBy {
  /** What the benchmark gives. */
  VALUE("value"),
  /** The CPU time of a command that is timed, in place of its time by the clock. */
  CPU_TIME("cpu time");

  private final String word;

  ComparedBy(String word) {
    this.word = word;
  }

  /** The word used in the database and in files. */
  public String word() {
    return word;
  }

  /**
   * What a word says.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static ComparedBy of(String word) {
    for (ComparedBy one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is nothing that runs are compared by");
  }
}
