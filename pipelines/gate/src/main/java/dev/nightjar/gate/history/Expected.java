package dev.nightjar.gate.history;

import dev.nightjar.model.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What earlier runs like the present one gave, which it should give too and does not.
 *
 * <p>Result files are like those before that have a series in common with them, as one repository
 * may have several kinds. Where no earlier files have any, files are like those of nearly the same
 * names: a tool that writes its names, parameters or units another way from one day to the next
 * must not pass for a new kind of files.
 */
public final class Expected {
  private static final int MOST_RUNS = 50;
  private static final int MOST_RUNS_BY_NAME = 10;

  private final RunHistory history;
  private final List<PastRun> ofSameKind;

  public Expected(RunHistory history, Baseline baseline, Inventory inventory) {
    this.history = history;
    ofSameKind = baseline.runs().stream().filter(inventory::isOfSameKind).toList();
  }

  /** Of a run of Nightjar's own. */
  public Set<Series> ofOwnRun() {
    return history.others(newest(ofSameKind, MOST_RUNS));
  }

  /**
   * Of result files.
   *
   * @param past what the present series gave before
   */
  public Set<Series> ofFiles(Set<Series> present, Map<Series, List<RunHistory.PastValues>> past) {
    if (present.isEmpty()) {
      return ofOwnRun();
    }
    Set<UUID> inCommon = new HashSet<>();
    past.values().forEach(runs -> runs.forEach(run -> inCommon.add(run.run().id())));
    List<PastRun> alike = ofSameKind.stream().filter(run -> inCommon.contains(run.id())).toList();
    return alike.isEmpty() ? ofNearlySameNames(present) : history.others(newest(alike, MOST_RUNS));
  }

  private Set<Series> ofNearlySameNames(Set<Series> present) {
    Set<String> names = new HashSet<>();
    present.forEach(series -> names.add(NearName.of(series)));
    Set<Series> given = new LinkedHashSet<>();
    for (PastRun run : newest(ofSameKind, MOST_RUNS_BY_NAME)) {
      Set<Series> series = history.series(List.of(run));
      Set<String> shared = new HashSet<>();
      series.forEach(one -> shared.add(NearName.of(one)));
      shared.retainAll(names);
      if (!Collections.disjoint(shared, names) && 2 * shared.size() >= names.size()) {
        given.addAll(series);
      }
    }
    return given;
  }

  private static List<PastRun> newest(List<PastRun> runs, int most) {
    return new ArrayList<>(runs.subList(Math.max(0, runs.size() - most), runs.size()));
  }
}
