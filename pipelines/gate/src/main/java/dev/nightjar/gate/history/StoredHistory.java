package dev.nightjar.gate.history;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.store.Database;
import dev.nightjar.store.sample.PastSamples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The earlier runs that the database keeps. */
public final class StoredHistory implements RunHistory {
  private static final int MOST_RUNS = 2000;

  /** How many series of runs are asked for at once, so that memory stays within bounds. */
  private static final int MOST_AT_ONCE = 200_000;

  private final Database database;
  private final long repositoryId;
  private final long hostId;
  private final Instant before;
  private final Map<Long, Series> present;
  private final boolean withReadings;

  /**
   * The history of a run.
   *
   * @param before when earlier runs began
   * @param present the series of the run itself, by identifier
   * @param withReadings whether what the machine did is wanted as well
   */
  public StoredHistory(
      Database database,
      long repositoryId,
      long hostId,
      Instant before,
      Map<Long, Series> present,
      boolean withReadings) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.hostId = hostId;
    this.before = before;
    this.present = present;
    this.withReadings = withReadings;
  }

  @Override
  public List<PastRun> runs() {
    return database.runs().measured(repositoryId, hostId, before, MOST_RUNS).stream()
        .map(PastRun::of)
        .toList();
  }

  @Override
  public long runsOfOtherMachines() {
    return database.runs().measuredElsewhere(repositoryId, hostId);
  }

  @Override
  public Set<Series> measuredElsewhere(Set<Series> series) {
    return database.history().measuredElsewhere(repositoryId, hostId, series);
  }

  @Override
  public List<FindingLife> findings() {
    return database.findings().of(repositoryId, hostId);
  }

  @Override
  public Set<Series> series(Collection<PastRun> runs) {
    return database.history().series(ids(runs), Set.of());
  }

  @Override
  public Set<Series> others(Collection<PastRun> runs) {
    return database.history().series(ids(runs), present.keySet());
  }

  private static List<UUID> ids(Collection<PastRun> runs) {
    return runs.stream().map(PastRun::id).toList();
  }

  @Override
  public Map<Series, List<PastValues>> values(Set<Series> series, List<PastRun> runs, int most) {
    Map<Series, List<PastValues>> found = new HashMap<>();
    Map<Long, Series> left = new HashMap<>(present);
    left.values().retainAll(series);
    int end = runs.size();
    while (end > 0 && !left.isEmpty()) {
      int begin = Math.max(0, end - Math.clamp(MOST_AT_ONCE / left.size(), 1, most));
      add(runs.subList(begin, end).reversed(), left, most, found);
      left.values().removeIf(one -> found.getOrDefault(one, List.of()).size() >= most);
      end = begin;
    }
    found.replaceAll((_, newestFirst) -> List.copyOf(newestFirst.reversed()));
    return found;
  }

  private void add(
      List<PastRun> newestFirst,
      Map<Long, Series> wanted,
      int most,
      Map<Series, List<PastValues>> found) {
    List<UUID> ids = ids(newestFirst);
    Map<Long, Map<UUID, PastSamples>> all = new HashMap<>();
    for (PastSamples some : database.history().samples(wanted, ids, withReadings)) {
      all.computeIfAbsent(some.seriesId(), _ -> new HashMap<>()).put(some.runId(), some);
    }
    all.forEach((id, byRun) -> {
      List<PastValues> values =
          found.computeIfAbsent(Objects.requireNonNull(wanted.get(id)), _ -> new ArrayList<>());
      for (PastRun run : newestFirst) {
        PastSamples some = byRun.get(run.id());
        if (some != null && values.size() < most) {
          values.add(
              new PastValues(
                  run,
                  new RunValues(
                      run.id(), run.commit(), run.startedAt(), some.values(), some.weights()),
                  some.observed()));
        }
      }
    });
  }
}
