package dev.nightjar.jobs.gate;

import dev.nightjar.formats.history.HistoryFiles;
import dev.nightjar.formats.history.HistoryPoint;
import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.exchange.RunExchange;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a history that another tool has kept: one run for each machine, commit and time. Such a
 * machine is none that Nightjar measures on, so its runs are shown and never compared with this
 * machine's. The same history taken in twice is stored once in each repository.
 */
public final class HistoryImport {
  /** What such runs are called in the database. */
  static final String PIPELINE = "import";

  private HistoryImport() {}

  /**
   * What was taken in.
   *
   * @param runs that were not stored before
   * @param known that were
   * @param values in all of them
   * @param problems what was left out, in sentences
   */
  public record Summary(int runs, int known, int values, List<String> problems) {}

  private record RunKey(
      String machine, @Nullable String commit, @Nullable String branch, Instant measuredAt) {}

  /**
   * Takes it in.
   *
   * @param tool one of {@link HistoryFiles#TOOLS}
   * @throws Failure.Misuse when it is no such history, or holds nothing
   */
  public static Summary take(
      Workspace workspace, StoreSettings storeSettings, String tool, Path path, String version) {
    List<String> problems = new ArrayList<>();
    List<HistoryPoint> points = HistoryFiles.read(tool, path, problems::add);
    if (points.isEmpty()) {
      throw new Failure.Misuse(
          path + " holds no value" + (problems.isEmpty() ? "." : ": " + problems.getFirst()));
    }
    try (GitRepository repository = GitRepository.open(workspace.settings().repository());
        Stores stores = Stores.open(storeSettings)) {
      Database database = stores.database();
      RepositoryFacts facts = repository.facts();
      long repositoryId = database.runs().repository(facts, workspace.settings().identity());
      RunExchange exchange = new RunExchange(database, repositoryId, Optional.empty());
      List<ArchivedRun> runs = new ArrayList<>();
      byRun(points).forEach((key, of) -> runs.add(run(tool, repository, key, of, problems)));
      int taken = exchange.takeIn(runs, version);
      return new Summary(taken, runs.size() - taken, points.size(), List.copyOf(problems));
    }
  }

  private static Map<RunKey, List<HistoryPoint>> byRun(List<HistoryPoint> points) {
    Map<RunKey, List<HistoryPoint>> runs = new LinkedHashMap<>();
    for (HistoryPoint point : points) {
      RunKey key = new RunKey(point.machine(), point.commit(), point.branch(), point.measuredAt());
      runs.computeIfAbsent(key, any -> new ArrayList<>()).add(point);
    }
    return runs;
  }

  private static ArchivedRun run(
      String tool,
      GitRepository repository,
      RunKey key,
      List<HistoryPoint> points,
      List<String> problems) {
    Map<Series, Integer> counts = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (HistoryPoint point : points) {
      int ordinal = counts.merge(point.series(), 1, Integer::sum) - 1;
      samples.add(
          new Sample(
              point.series(),
              ordinal,
              point.value(),
              key.measuredAt(),
              0,
              BoundaryReadings.ABSENT));
    }
    String name = tool + ": " + key.machine();
    PastRun run =
        new PastRun(
            UuidV7.of(key.measuredAt(), digest(name + "\n" + key.commit() + "\n" + key.branch())),
            PIPELINE,
            whole(repository, key.commit(), problems),
            key.branch(),
            key.measuredAt());
    return new ArchivedRun(run, "imported: " + name, name, samples, List.of(), List.of());
  }

  /**
   * The whole name of a commit that another tool may have shortened; absent when it is not here.
   */
  private static @Nullable String whole(
      GitRepository repository, @Nullable String commit, List<String> problems) {
    if (commit == null || commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      return commit;
    }
    Optional<String> found =
        commit.matches("[0-9a-f]{4,}") ? repository.commit(commit) : Optional.empty();
    if (found.isEmpty()) {
      problems.add("The commit '" + commit + "' is not in this repository; its run has none.");
    }
    return found.orElse(null);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
