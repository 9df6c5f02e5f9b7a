package dev.nightjar.store.sql;

import dev.nightjar.model.Failure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns what PostgreSQL reports into a sentence, or into a defect when it is our own fault. */
public final class SqlFailure {
  private SqlFailure() {}

  /**
   * The exception to throw.
   *
   * @param doing what was done, to end "… failed", such as "storing the samples"
   */
  public static RuntimeException of(SQLException failure, String place, String doing) {
    String state = stateOf(failure);
    String remedy = remedy(state);
    if (remedy == null) {
      return new IllegalStateException(doing + " failed: " + failure.getMessage(), failure);
    }
    return new Failure.Unavailable(
        doing + " failed in the database at " + place + ": " + reason(failure) + "; " + remedy,
        failure);
  }

  /** The five characters of the SQL standard; those of a wrapped failure when it has none. */
  public static String stateOf(SQLException failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
      cause = cause.getCause();
    }
    return "";
  }

  /** Whether the server could not be reached or took no more: it may be back in a moment. */
  static boolean isAway(String state) {
    return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
  }

  private static @Nullable String remedy(String state) {
    if (state.equals(Fence.STALE)) {
      return "this one stopped before it wrote anything under it";
    }
    if (state.startsWith("40")) {
      return "others write the same rows all the time: try again when they have ended";
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "see that the server runs and can be reached, then try again";
    }
    if (state.startsWith("28")) {
      return "check user and password in the database URL";
    }
    if (state.equals("3D000")) {
      return "create the database, or name another in the database URL";
    }
    if (state.equals("53100")) {
      return "free some space on the server's disk, then try again";
    }
    if (state.startsWith("53") || state.startsWith("58")) {
      return "see the server's log, and try again when it has what it lacks";
    }
    if (state.equals("42501")) {
      return "grant the database's user what is missing, or let it own the database";
    }
    if (state.equals("57014")) {
      return "it took longer than it may";
    }
    if (state.equals("25006")) {
      return "the server takes no writes: connect to its primary";
    }
    return null;
  }

  private static String reason(SQLException failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
