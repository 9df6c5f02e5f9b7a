package dev.nightjar.jobs.gate;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.DisturbedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The earlier runs that a folder holds. */
final class FolderHistory implements RunHistory {
  private final Map<UUID, ArchivedRun> ofThisMachine = new LinkedHashMap<>();
  private final List<ArchivedRun> ofOthers = new ArrayList<>();
  private final Map<SeriesKey, Series> known = new HashMap<>();

  /** What is known of the very objects: a folder's runs share theirs. */
  private final IdentityHashMap<Series, Series> found = new IdentityHashMap<>();

  /**
   * The history of a run.
   *
   * @param present the run to be judged, which is no part of it, as is none that began later
   */
  FolderHistory(List<ArchivedRun> all, PresentRun present, String machineKey) {
    present.samples().keySet().forEach(this::asKnown);
    for (ArchivedRun archived : all) {
      PastRun run = archived.run();
      boolean isEarlier =
          !run.id().equals(present.run().id())
              && !run.startedAt().isAfter(present.run().startedAt());
      if (isEarlier && archived.machineKey().equals(machineKey)) {
        ofThisMachine.put(run.id(), archived);
      } else if (isEarlier) {
        ofOthers.add(archived);
      }
    }
  }

  /** The first of equal keys: the present run's, so that its word on the direction holds. */
  private Series asKnown(Series series) {
    Series first = found.get(series);
    if (first == null) {
      first = known.computeIfAbsent(SeriesKey.of(series), _ -> series);
      found.put(series, first);
    }
    return first;
  }

  @Override
  public List<PastRun> runs() {
    return ofThisMachine.values().stream().map(ArchivedRun::run).toList();
  }

  @Override
  public long runsOfOtherMachines() {
    return ofOthers.size();
  }

  @Override
  public Set<Series> measuredElsewhere(Set<Series> series) {
    Set<Series> found = new HashSet<>();
    ofOthers.forEach(run -> run.series().stream().map(this::asKnown).forEach(found::add));
    found.retainAll(series);
    return found;
  }

  @Override
  public Set<Series> series(Collection<PastRun> runs) {
    Set<Series> found = new LinkedHashSet<>();
    for (PastRun run : runs) {
      ArchivedRun archived = ofThisMachine.get(run.id());
      if (archived != null) {
        archived.series().stream().map(this::asKnown).forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public Map<Series, List<PastValues>> values(Set<Series> series, List<PastRun> runs, int most) {
    Map<Series, List<PastValues>> found = new HashMap<>();
    for (PastRun run : runs.reversed()) {
      ArchivedRun archived = ofThisMachine.get(run.id());
      if (archived != null) {
        add(archived, series, most, found);
      }
    }
    found.replaceAll((_, newestFirst) -> List.copyOf(newestFirst.reversed()));
    return found;
  }

  private void add(
      ArchivedRun archived, Set<Series> wanted, int most, Map<Series, List<PastValues>> found) {
    Map<Series, List<Sample>> bySeries = LinkedHashMap.newLinkedHashMap(wanted.size());
    for (Sample sample : archived.samples()) {
      Series series = asKnown(sample.series());
      if (wanted.contains(series) && found.getOrDefault(series, List.of()).size() < most) {
        bySeries.computeIfAbsent(series, _ -> new ArrayList<>(1)).add(sample);
      }
    }
    Map<Series, Map<Integer, Double>> marks = marks(archived);
    bySeries.forEach((series, samples) ->
        found
            .computeIfAbsent(series, _ -> new ArrayList<>(1))
            .add(
                new PastValues(
                    archived.run(),
                    samples,
                    weights(samples, marks.getOrDefault(series, Map.of())))));
  }

  private Map<Series, Map<Integer, Double>> marks(ArchivedRun archived) {
    Map<Series, Map<Integer, Double>> marks = new HashMap<>();
    for (DisturbedSample mark : archived.disturbed()) {
      marks
          .computeIfAbsent(asKnown(mark.series()), _ -> new HashMap<>())
          .put(mark.ordinal(), mark.weight());
    }
    return marks;
  }

  private static double[] weights(List<Sample> samples, Map<Integer, Double> marks) {
    double[] weights = new double[samples.size()];
    Arrays.setAll(weights, i -> marks.getOrDefault(samples.get(i).ordinal(), 1.0));
    return weights;
  }
}
