package dev.nightjar.git.objects;

import org.jspecify.annotations.Nullable;

/**
 * An object that is not there, is damaged, or is too large to load. Checked, because whoever reads
 * objects must decide what a hole in the history means for the work at hand.
 */
public final class UnreadableObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the object. */
  public enum Reason {
    MISSING,
    DAMAGED,
    TOO_LARGE,
    /** It is there, and what was asked of it would take more memory or time than it may. */
    TOO_COSTLY
  }

  private final transient ObjectName name;
  private final Reason reason;

  public UnreadableObjectException(
      ObjectName name, Reason reason, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.name = name;
    this.reason = reason;
  }

  public ObjectName name() {
    return name;
  }

  public Reason reason() {
    return reason;
  }
}
