package dev.nightjar.store.git;

import dev.nightjar.store.Database;
import java.sql.Statement;

/**
 * What PostgreSQL knows of how much is stored. It learns that by itself some minutes after a large
 * history came in; a report that is read before that is planned as if the tables were empty, and
 * joins of a hundred thousand changes with themselves then take hours instead of a second.
 */
public final class GitStatistics {
  private GitStatistics() {}

  /** Lets PostgreSQL look at a sample of each table of histories: within a second. */
  public static void gather(Database database) {
    database.inTransaction(
        "looking at what came in",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(
                "analyze person, git_commit, git_change, git_ref, git_head_file");
          }
        });
  }
}
