package dev.nightjar.gate.verdict;

/** A clause as a sentence: many end in what somebody else wrote, with a full stop or without. */
public final class Sentence {
  private static final String ENDS = ".!?…";

  private Sentence() {}

  /** With one mark at its end. */
  public static String of(String clause) {
    String text = clause.strip();
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '.' && ENDS.indexOf(text.charAt(end - 2)) >= 0) {
      end--;
    }
    text = text.substring(0, end);
    boolean isEnded = !text.isEmpty() && ENDS.indexOf(text.charAt(text.length() - 1)) >= 0;
    return isEnded ? text : text + ".";
  }
}
