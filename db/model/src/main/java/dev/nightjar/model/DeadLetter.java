package dev.nightjar.model;

/**
 * Something from outside that could not be taken in.
 *
 * @param route the route that failed
 * @param subject what it was: a commit id, a file, a metric
 * @param payload the input itself as far as it can be kept as text, bounded
 * @param error the failure in a sentence
 */
public record DeadLetter(String route, String subject, String payload, String error) {
  /** The longest payload that is kept, in characters: the readings of some seconds fit. */
  public static final int PAYLOAD_CHARS_MAX = 1 << 20;
}
