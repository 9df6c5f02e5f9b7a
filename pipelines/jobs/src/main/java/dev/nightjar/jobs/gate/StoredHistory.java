package dev.nightjar.jobs.gate;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.Database;
import dev.nightjar.store.DisturbedSample;
import dev.nightjar.store.SeriesRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The earlier runs that the database keeps. */
final class StoredHistory implements RunHistory {
  private static final int MOST_RUNS = 2000;

  private final Database database;
  private final long repositoryId;
  private final long hostId;
  private final Instant before;
  private final Map<UUID, Map<SamplePlace, Double>> weights = new HashMap<>();

  private record SamplePlace(Series series, int ordinal) {}

  StoredHistory(Database database, long repositoryId, long hostId, Instant before) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.hostId = hostId;
    this.before = before;
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
  public Set<Series> series(PastRun run) {
    return database.samples().seriesOf(run.id());
  }

  @Override
  public List<PastValues> values(Series series, List<PastRun> runs) {
    Map<UUID, SeriesRun> found = new HashMap<>();
    database
        .samples()
        .in(repositoryId, hostId, series, runs.stream().map(PastRun::id).toList())
        .forEach(run -> found.put(run.runId(), run));
    List<PastValues> values = new ArrayList<>();
    for (PastRun run : runs) {
      SeriesRun given = found.get(run.id());
      if (given != null) {
        values.add(values(given, run));
      }
    }
    return values;
  }

  private PastValues values(SeriesRun found, PastRun run) {
    Map<SamplePlace, Double> known = weights.computeIfAbsent(run.id(), this::weightsOf);
    double[] each = new double[found.samples().size()];
    for (int i = 0; i < each.length; i++) {
      Sample sample = found.samples().get(i);
      each[i] = known.getOrDefault(new SamplePlace(sample.series(), sample.ordinal()), 1.0);
    }
    return new PastValues(run, found.samples(), each);
  }

  private Map<SamplePlace, Double> weightsOf(UUID run) {
    Map<SamplePlace, Double> found = new HashMap<>();
    for (DisturbedSample sample : database.disturbances().of(run)) {
      found.put(new SamplePlace(sample.series(), sample.ordinal()), sample.weight());
    }
    return found;
  }
}
