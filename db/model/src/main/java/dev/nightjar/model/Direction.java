package dev.nightjar.model;

/** Which way a metric is better. */
public enum Direction {
  LOWER_IS_BETTER("lower"),
  HIGHER_IS_BETTER("higher");

  private final String word;

  Direction(String word) {
    this.word = word;
  }

  /**
   * The word used in {@code nightjar.yaml}, the database and JSON: {@code lower} or {@code higher}.
   */
  public String word() {
    return word;
  }

  /**
   * The direction of a stored word.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static Direction of(String word) {
    for (Direction direction : values()) {
      if (direction.word.equals(word)) {
        return direction;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is no direction: use lower or higher");
  }
}
