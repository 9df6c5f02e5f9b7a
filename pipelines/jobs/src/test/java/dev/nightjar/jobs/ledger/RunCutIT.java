package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Doors;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts a run off from the database at a statement, for good, as a kill does; resumes it, and holds
 * it against one that nothing disturbed.
 *
 * <p>{@code -Dnightjar.cuts=all} walks every statement, each once before the server gets it and
 * once after; a number takes so many at random (12 by default, to stay quick), and {@code
 * -Dnightjar.seed=S} the same again.
 */
class RunCutIT {
  @RegisterExtension static final LedgerStores ledger = new LedgerStores();

  @AutoClose private static final Doors DOORS = new Doors();

  private static final int AT_ONCE = 8;
  private static final String BENCHMARKS =
      """
        - {name: quick, command: 'true', warmups: 0, repetitions: 1}
        - name: counted
          command: echo "count 42"
          warmups: 0
          repetitions: 1
          metrics: [{name: answers, pattern: 'count (\\d+)', direction: higher}]
      """;
  private static final String STATE =
      """
      select 'run ' || count(*) || ' ' || string_agg(state, ' ') from here
      union all select 'step ' || name || ' ' || step.state from step join here using (run_id)
      union all select 'commits ' || count(*) || ' ' || sum((select count(*) from git_change
        where git_change.commit_number = git_commit.commit_number))
        from git_commit where repository_id = (select repository_id from here limit 1)
      union all select 'ref ' || name from git_ref where repository_id = (select repository_id from here limit 1)
      union all select 'sample ' || benchmark.name || ' ' || metric || ' ' || ordinal
        || case metric when 'answers' then ' ' || value else '' end
        from sample join here using (run_id) join series using (series_id) join benchmark using (benchmark_id)
      union all select 'verdict ' || benchmark.name || ' ' || metric || ' ' || verdict
        from verdict join here using (run_id) join series using (series_id) join benchmark using (benchmark_id)
      union all select 'finding ' || kind from finding join finding_seen using (finding_id, series_id)
        join here using (run_id)
      union all select 'failure ' || name from benchmark_failure join here using (run_id)
      union all select 'letter ' || subject from dead_letter join here using (run_id)
      union all select 'skip ' || subject from skip join here using (run_id) where step <> 'telemetry'
      """;

  @TempDir Path folder;

  private record Cut(int statement, boolean isAfter) {}

  @Test
  void aRunThatWasCutOffAnywhereIsResumedToWhatAnUndisturbedOneGives() throws Exception {
    long seed = Long.getLong("nightjar.seed", System.nanoTime());
    SmallRepository undisturbed = SmallRepository.make(folder.resolve("undisturbed"), BENCHMARKS);
    int statements;
    try (CutLine whole = new CutLine(ledger.port(), Integer.MAX_VALUE, false)) {
      run(undisturbed, whole, false);
      statements = whole.statements();
    }
    List<String> expected = state(undisturbed);
    assertTrue(expected.contains("run 1 completed"), expected::toString);
    List<Cut> cuts = cuts(statements, new Random(seed));
    System.out.println(
        "RunCutIT: "
            + cuts.size()
            + " cuts in a run of "
            + statements
            + " statements, seed "
            + seed);
    try (ExecutorService atOnce = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Boolean>> walks = new ArrayList<>();
      cuts.forEach(cut ->
          walks.add(() -> {
            assertEquals(expected, cutAndResumed(cut), cut + ", seed " + seed);
            return true;
          }));
      for (Future<Boolean> walk : atOnce.invokeAll(walks)) {
        assertTrue(walk.get());
      }
    }
  }

  private static List<Cut> cuts(int statements, Random random) {
    String wanted = System.getProperty("nightjar.cuts", "12");
    Set<Cut> cuts = new LinkedHashSet<>();
    if (wanted.equals("all")) {
      for (int statement = 1; statement <= statements; statement++) {
        cuts.add(new Cut(statement, false));
        cuts.add(new Cut(statement, true));
      }
      return List.copyOf(cuts);
    }
    while (cuts.size() < Math.min(Integer.parseInt(wanted), 2 * statements)) {
      cuts.add(new Cut(1 + random.nextInt(statements), random.nextBoolean()));
    }
    return List.copyOf(cuts);
  }

  private List<String> cutAndResumed(Cut cut) throws Exception {
    SmallRepository repository =
        SmallRepository.make(
            folder.resolve(cut.statement() + (cut.isAfter() ? "-after" : "-before")), BENCHMARKS);
    try (CutLine line = new CutLine(ledger.port(), cut.statement(), cut.isAfter())) {
      run(repository, line, false);
    } catch (Exception e) {
      // Whatever it said: what counts is what the next call makes of it.
    }
    if (!isCompleted(repository)) {
      try (CutLine whole = new CutLine(ledger.port(), Integer.MAX_VALUE, false)) {
        runWhenTheDeadAreGone(repository, whole);
      }
    }
    assertTrue(Files.exists(repository.folder().resolve("site/index.html")), "no report");
    return state(repository);
  }

  /** The server takes a moment to see that a client is gone. */
  private static void runWhenTheDeadAreGone(SmallRepository repository, CutLine line)
      throws Exception {
    // Application names are cut at 63 bytes: the lock's name begins with the checkout's.
    String name = "nightjar lock run in " + repository.location();
    while (number(
            "select count(*) from pg_stat_activity where application_name = left(?, 63)", name)
        > 0) {
      Thread.onSpinWait();
    }
    run(repository, line, true);
  }

  private static void run(SmallRepository repository, CutLine line, boolean resume)
      throws Exception {
    new PipelineRunner(DOORS, new SmallRepository.Notes(), Duration.ZERO)
        .run(repository.request(ledger.through(line.port()), resume));
  }

  private static boolean isCompleted(SmallRepository repository) throws Exception {
    return number(
            "select count(*) from run join repository using (repository_id)"
                + " where location = ? and state = 'completed'",
            repository.location())
        > 0;
  }

  private static long number(String sql, String parameter) {
    return database()
        .read(
            "counting",
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, parameter);
                try (ResultSet row = statement.executeQuery()) {
                  row.next();
                  return row.getLong(1);
                }
              }
            });
  }

  private static List<String> state(SmallRepository repository) throws Exception {
    String location = repository.location();
    return database()
        .read(
            "reading what there is",
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "with here as (select run.* from run join repository using (repository_id)"
                          + " where location = ?) select line from ("
                          + STATE
                          + ") as told (line) order by line")) {
                statement.setString(1, location);
                List<String> lines = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                  while (row.next()) {
                    lines.add(row.getString(1));
                  }
                }
                return lines;
              }
            });
  }

  private static Database database() {
    return ledger.stores().database();
  }
}
