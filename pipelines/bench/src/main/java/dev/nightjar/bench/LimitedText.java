package dev.nightjar.bench;

/**
 * A text that can be read until a deadline. A search is linear in the text, but each of many finds
 * may read all of it, and the engine knows no interrupt: what it reads is where it can be stopped.
 */
final class LimitedText implements CharSequence {
  /** How many reads there are between two looks at the clock. */
  private static final int BETWEEN_LOOKS = 1 << 12;

  private final CharSequence text;
  private final long deadlineNanos;
  private int reads;

  LimitedText(CharSequence text, long deadlineNanos) {
    this.text = text;
    this.deadlineNanos = deadlineNanos;
  }

  /** The deadline has passed. */
  static final class Expired extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Expired() {
      super("the deadline has passed", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (++reads >= BETWEEN_LOOKS) {
      reads = 0;
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new Expired();
      }
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
