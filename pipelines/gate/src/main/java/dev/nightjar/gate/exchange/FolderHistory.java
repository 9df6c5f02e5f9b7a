package dev.nightjar.gate.exchange;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.history.SeriesKey;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The earlier runs that a folder holds. */
public final class FolderHistory implements RunHistory {
  private final Map<UUID, ArchivedRun> ofThisMachine = new LinkedHashMap<>();
  private final List<ArchivedRun> ofOthers = new ArrayList<>();
  private final Set<Series> ofPresent;

  /** By what makes values comparable; made when a series is met that the present run has not. */
  private final Map<SeriesKey, Series> known = new HashMap<>();

  /** By run: it is asked more than once, and the answer is mostly short. */
  private final Map<UUID, List<Series>> others = new HashMap<>();

  /**
   * The history of a run.
   *
   * @param present the run to be judged, which is no part of it, as is none that began later
   */
  public FolderHistory(List<ArchivedRun> all, PresentRun present, String machineKey) {
    ofPresent = present.samples().keySet();
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
    if (ofPresent.contains(series)) {
      return series;
    }
    if (known.isEmpty()) {
      ofPresent.forEach(one -> known.putIfAbsent(new SeriesKey(one), one));
    }
    return known.computeIfAbsent(new SeriesKey(series), _ -> series);
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
  public List<FindingLife> findings() {
    Map<UUID, Finding> findings = new LinkedHashMap<>();
    Map<UUID, Set<UUID>> seenBy = new HashMap<>();
    Map<UUID, List<FindingEnd>> ends = new HashMap<>();
    ofThisMachine.forEach((runId, archived) -> {
      for (Finding finding : archived.findings().open()) {
        findings.putIfAbsent(finding.id(), finding);
        seenBy.computeIfAbsent(finding.id(), _ -> new HashSet<>()).add(runId);
      }
      for (FindingEnd end : archived.findings().ended()) {
        ends.computeIfAbsent(end.findingId(), _ -> new ArrayList<>()).add(end);
      }
    });
    return findings.values().stream()
        .map(finding ->
            new FindingLife(
                finding,
                seenBy.getOrDefault(finding.id(), Set.of()),
                ends.getOrDefault(finding.id(), List.of())))
        .toList();
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
  public Set<Series> others(Collection<PastRun> runs) {
    Set<Series> found = new LinkedHashSet<>();
    for (PastRun run : runs) {
      ArchivedRun archived = ofThisMachine.get(run.id());
      if (archived != null) {
        found.addAll(others.computeIfAbsent(run.id(), _ -> others(archived)));
      }
    }
    return found;
  }

  private List<Series> others(ArchivedRun archived) {
    List<Series> found = new ArrayList<>();
    List<Sample> samples = archived.samples();
    for (int begin = 0; begin < samples.size(); begin = endOfSeries(samples, begin)) {
      Series series = samples.get(begin).series();
      if (!ofPresent.contains(series) && !ofPresent.contains(asKnown(series))) {
        found.add(asKnown(series));
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
    found.replaceAll((_, newestFirst) -> newestFirst.reversed());
    return found;
  }

  private void add(
      ArchivedRun archived, Set<Series> wanted, int most, Map<Series, List<PastValues>> found) {
    Map<Series, Map<Integer, Double>> marks = marks(archived);
    List<Sample> samples = archived.samples();
    int end;
    for (int begin = 0; begin < samples.size(); begin = end) {
      end = endOfSeries(samples, begin);
      Series series = samples.get(begin).series();
      List<PastValues> newestFirst = found.get(series);
      if (newestFirst == null) {
        series = asKnown(series);
        newestFirst = found.get(series);
      }
      if (newestFirst == null && wanted.contains(series)) {
        newestFirst = new ArrayList<>(1);
        found.put(series, newestFirst);
      }
      if (newestFirst != null) {
        List<Sample> some = samples.subList(begin, end);
        PastValues values = PastValues.of(archived.run(), some, weights(some, marks.get(series)));
        add(values, most, newestFirst);
      }
    }
  }

  /** Samples of a series mostly follow one another, and are then looked up once. */
  private static int endOfSeries(List<Sample> samples, int begin) {
    Series series = samples.get(begin).series();
    int end = begin + 1;
    while (end < samples.size() && samples.get(end).series().equals(series)) {
      end++;
    }
    return end;
  }

  /** What an older file held in two units, or by two directions, is one series. */
  private static void add(PastValues values, int most, List<PastValues> newestFirst) {
    int last = newestFirst.size() - 1;
    if (last >= 0 && newestFirst.get(last).run().id().equals(values.run().id())) {
      newestFirst.set(last, newestFirst.get(last).with(values));
    } else if (newestFirst.size() < most) {
      newestFirst.add(values);
    }
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

  private static double[] weights(List<Sample> samples, @Nullable Map<Integer, Double> marks) {
    if (marks == null) {
      return RunValues.undisturbed(samples.size());
    }
    double[] weights = new double[samples.size()];
    Arrays.setAll(weights, i -> marks.getOrDefault(samples.get(i).ordinal(), 1.0));
    return weights;
  }
}
