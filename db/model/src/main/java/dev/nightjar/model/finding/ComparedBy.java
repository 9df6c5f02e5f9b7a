package dev.nightjar.model.finding;

/** What of a run is held against earlier ones. */
public enum ComparedBy {
  /** What the benchmark gives. */
  VALUE("value", ""),
  /** The CPU time of a command that is timed, in place of its time by the clock. */
  CPU_TIME("cpu time", "CPU time");

  private final String word;
  private final String measure;

  ComparedBy(String word, String measure) {
    this.word = word;
    this.measure = measure;
  }

  /** What was measured, for people; empty for what the benchmark gives. */
  public String measure() {
    return measure;
  }

  /** By what a verdict was made that has these grounds, which name the measure. */
  public static ComparedBy saidIn(String evidence) {
    return evidence.contains(CPU_TIME.measure) ? CPU_TIME : VALUE;
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
