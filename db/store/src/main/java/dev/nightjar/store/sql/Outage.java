package dev.nightjar.store.sql;

import dev.nightjar.model.Failure;
import java.sql.SQLException;
import java.util.Optional;

/** A database that went away under a library of which it is not known that it uses one. */
public final class Outage {
  private Outage() {}

  /** The sentence for it, when the environment's failure is what such a library has wrapped. */
  public static Optional<Failure> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure
          && SqlFailure.of(failure, "its address", "a statement") instanceof Failure sentence) {
        return Optional.of(sentence);
      }
    }
    return Optional.empty();
  }
}
