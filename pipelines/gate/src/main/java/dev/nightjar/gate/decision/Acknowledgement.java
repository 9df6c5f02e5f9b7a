package dev.nightjar.gate.decision;

import dev.nightjar.model.Failure;
import java.time.LocalDate;

/**
 * Somebody's word that a bad verdict is known and accepted for a time.
 *
 * @param benchmark the benchmark's name, in which {@code *} stands for any characters
 * @param reason why it is accepted, for those who read the summary
 * @param expires the last day on which it holds, UTC
 */
public record Acknowledgement(String benchmark, String reason, LocalDate expires) {
  /**
   * @throws Failure.Misuse for an empty reason
   */
  public Acknowledgement {
    if (reason.isBlank()) {
      throw new Failure.Misuse(
          "the acknowledgement of '" + benchmark + "' has no reason: write why it is accepted.");
    }
  }

  /** Whether it speaks of this benchmark and still holds on this day. */
  public boolean covers(String name, LocalDate today) {
    return concerns(name) && !today.isAfter(expires);
  }

  /** Whether it speaks of this benchmark, be it expired or not. */
  public boolean concerns(String name) {
    return NamePattern.matches(benchmark, name);
  }
}
