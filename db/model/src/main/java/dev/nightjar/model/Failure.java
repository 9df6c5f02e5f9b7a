package dev.nightjar.model;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is a sentence for the person: what happened, with which input, and what
 * to do next. The type decides the exit code; anything else that is thrown is a defect.
 */
public abstract sealed class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Failure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** A mistake in the configuration or the input: exit 2, no stack trace. */
  public static final class Misuse extends Failure {
    private static final long serialVersionUID = 1L;

    public Misuse(String sentence) {
      super(sentence, null);
    }

    public Misuse(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /** What is to be judged cannot be read: exit 3, no stack trace. */
  public static final class NoVerdict extends Failure {
    private static final long serialVersionUID = 1L;

    public NoVerdict(String sentence) {
      super(sentence, null);
    }
  }

  /** Something the environment did not give, which may be there later: exit 4, no stack trace. */
  public static final class Unavailable extends Failure {
    private static final long serialVersionUID = 1L;

    public Unavailable(String sentence) {
      super(sentence, null);
    }

    public Unavailable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
