package dev.nightjar.jobs.gate;

import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.query.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The findings of a repository, for people who look at them and accept them. */
public final class RepositoryFindings {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_ROWS = 10_000;

  private RepositoryFindings() {}

  /** Something that is done with a database and a repository in it. */
  private interface Work<T> {
    T with(Database database, long repositoryId);
  }

  private static <T> T in(Workspace workspace, StoreSettings settings, Work<T> work) {
    try (GitRepository repository = GitRepository.open(workspace.settings().repository());
        Stores stores = Stores.open(settings)) {
      Database database = stores.database();
      return work.with(
          database,
          database.runs().repository(repository.facts(), workspace.settings().identity()));
    }
  }

  /**
   * The findings, the oldest first.
   *
   * @param withEnded whether those are wanted that a measurement or a person has ended
   */
  public static QueryResult list(Workspace workspace, StoreSettings settings, boolean withEnded) {
    return in(
        workspace,
        settings,
        (database, repositoryId) ->
            database.queries().runOurs(sql(repositoryId, withEnded), PATIENCE, MOST_ROWS));
  }

  private static String sql(long repositoryId, boolean withEnded) {
    return """
    select finding_id, coalesce(nullif(suite, '') || '/', '') || benchmark as benchmark, metric,
           parameters::text as parameters, device, kind, state, since_started_at,
           since_commit, branch, runs_since, round(days::numeric, 1) as days,
           effect, latest_effect, suspected_cause, ended_at, reason
    from findings
    where repository_id = %d%s
    order by since_started_at, benchmark, metric, finding_id\
    """
        .formatted(repositoryId, withEnded ? "" : " and is_open");
  }

  /**
   * Ends a finding: what was measured since is the good level from now on.
   *
   * @throws Failure.Misuse when there is none of that identifier, or a person has ended it
   */
  public static void accept(Workspace workspace, StoreSettings settings, UUID id, String reason) {
    boolean isAccepted =
        in(
            workspace,
            settings,
            (database, repositoryId) ->
                database.findings().accept(repositoryId, id, Instant.now(), reason));
    if (!isAccepted) {
      throw new Failure.Misuse(
          "No finding "
              + id
              + " waits to be accepted in this repository: 'nightjar findings' lists those that do.");
    }
  }
}
