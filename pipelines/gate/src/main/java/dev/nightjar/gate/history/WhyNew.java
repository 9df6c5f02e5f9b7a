package dev.nightjar.gate.history;

import dev.nightjar.model.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Why series are new although something much like them was measured before: what keeps them apart
 * from it. A slow run that passes because it is new must not pass in silence.
 */
public final class WhyNew {
  private static final int RUNS_SEARCHED = 20;
  private static final int RUNS_OF_ONE_KIND = 3;
  private static final Set<Key> RENAMED =
      EnumSet.of(Key.UNIT, Key.METRIC, Key.PARAMETERS, Key.DEVICE, Key.SUITE, Key.NAME);

  private final RunHistory history;
  private final Baseline baseline;
  private final Map<Series, Reason> reasons = new LinkedHashMap<>();
  private @Nullable String strangers;
  private boolean isUnlike;

  /** What keeps a series apart. */
  private enum Key {
    LINE("the runs that measured them do not lead to this commit"),
    UNIT("earlier runs have them in another unit"),
    METRIC("earlier runs have them with another metric"),
    PARAMETERS("earlier runs have them with other parameters"),
    DEVICE("earlier runs have them on another device"),
    SUITE("earlier runs have them in another suite"),
    NAME("earlier runs have them by another name"),
    MACHINE("other machines measured them");

    private final String ofMany;

    Key(String ofMany) {
      this.ofMany = ofMany;
    }
  }

  /**
   * A reason.
   *
   * @param clause about one series, without a full stop
   */
  private record Reason(Key key, String clause) {}

  public WhyNew(RunHistory history, Baseline baseline) {
    this.history = history;
    this.baseline = baseline;
  }

  /**
   * Looks for what keeps series apart.
   *
   * @param fresh the new ones
   */
  public void search(Set<Series> fresh, PresentRun present) {
    if (fresh.isEmpty()) {
      return;
    }
    Set<Series> left = new LinkedHashSet<>(fresh);
    searchOtherLines(left);
    searchOtherKeys(left);
    Set<Series> elsewhere = left.isEmpty() ? Set.of() : history.measuredElsewhere(left);
    for (Series series : elsewhere) {
      reasons.put(series, new Reason(Key.MACHINE, ofOtherMachines()));
    }
    left.removeAll(elsewhere);
    if (fresh.containsAll(present.samples().keySet())) {
      strangers = left.isEmpty() ? null : strangers(left.size());
      isUnlike = isRenamed(fresh) || (strangers != null && isOfTheOneKind(present.run()));
    }
  }

  /** Whether most have another name, unit or parameter in earlier runs of this machine. */
  private boolean isRenamed(Set<Series> fresh) {
    long renamed =
        fresh.stream()
            .map(reasons::get)
            .filter(reason -> reason != null && RENAMED.contains(reason.key()))
            .count();
    return 2 * renamed > fresh.size();
  }

  /**
   * Whether the earlier runs that came as files, as this one does, are of one kind, and enough of
   * them to say so: then a file that has nothing of theirs is theirs with other names. Where there
   * are several kinds in one history, it may be one more.
   */
  private boolean isOfTheOneKind(PastRun present) {
    List<PastRun> files =
        baseline.runs().stream().filter(run -> run.pipeline().equals(PastRun.OF_FILES)).toList();
    if (!present.pipeline().equals(PastRun.OF_FILES) || files.size() < RUNS_OF_ONE_KIND) {
      return false;
    }
    Set<Series> newest = history.series(List.of(files.getLast()));
    return files.subList(Math.max(0, files.size() - RUNS_SEARCHED), files.size()).stream()
        .noneMatch(run -> Collections.disjoint(history.series(List.of(run)), newest));
  }

  /** Whether all that the run gave is new although earlier runs should have it. */
  public boolean isUnlike() {
    return isUnlike;
  }

  /**
   * Where all is new, a person should see what the run was held against; absent for a first run.
   */
  private @Nullable String strangers(int count) {
    List<PastRun> runs = baseline.runs();
    List<PastRun> newest = runs.subList(Math.max(0, runs.size() - 1), runs.size());
    return history.series(newest).stream()
        .findFirst()
        .map(other ->
            "%d series %s new, and earlier runs have nothing of a like name: the newest has others, such as '%s'."
                .formatted(count, count == 1 ? "is" : "are", other.benchmark().name()))
        .orElse(null);
  }

  private String ofOtherMachines() {
    long runs = history.runsOfOtherMachines();
    return "%d run%s of other machines %s not compared with"
        .formatted(runs, runs == 1 ? "" : "s", runs == 1 ? "is" : "are");
  }

  private void searchOtherLines(Set<Series> left) {
    List<PastRun> others = new ArrayList<>(history.runs());
    others.removeAll(new LinkedHashSet<>(baseline.runs()));
    others.sort(Comparator.comparing(PastRun::startedAt));
    history
        .values(left, others, 1)
        .forEach((series, runs) -> {
          if (left.remove(series)) {
            reasons.put(series, new Reason(Key.LINE, ofAnotherLine(runs.getLast().run())));
          }
        });
  }

  private String ofAnotherLine(PastRun run) {
    String commit = run.commit();
    String branch = run.branch() == null ? "no known branch" : "branch " + run.branch();
    if (commit == null) {
      return "it was last measured without a commit, on " + branch;
    }
    boolean isUnknown = baseline.unknownCommits().contains(commit);
    return "it was last measured at %s of %s, %s"
        .formatted(
            commit.substring(0, 12),
            branch,
            isUnknown
                ? "which this clone does not have"
                : "which is no part of what this run is compared with");
  }

  private void searchOtherKeys(Set<Series> left) {
    Map<String, List<Series>> byName = new HashMap<>();
    List<PastRun> runs = baseline.runs();
    if (left.isEmpty() || runs.isEmpty()) {
      return;
    }
    // What the run still has cannot be what became another.
    Set<Series> gone =
        history.others(runs.subList(Math.max(0, runs.size() - RUNS_SEARCHED), runs.size()));
    gone.forEach(
        series -> byName.computeIfAbsent(NearName.of(series), _ -> new ArrayList<>()).add(series));
    for (Series series : List.copyOf(left)) {
      Reason nearest = null;
      int least = Integer.MAX_VALUE;
      for (Series known : byName.getOrDefault(NearName.of(series), List.of())) {
        int distance = distance(known, series);
        if (distance < least) {
          least = distance;
          nearest = reason(known, series);
        }
      }
      if (nearest != null) {
        reasons.put(series, nearest);
        left.remove(series);
      }
    }
  }

  private static int distance(Series known, Series series) {
    return (known.benchmark().name().equals(series.benchmark().name()) ? 0 : 8)
        + (known.benchmark().metric().equals(series.benchmark().metric()) ? 0 : 4)
        + (known.parameters().equals(series.parameters()) ? 0 : 3)
        + (known.device().equals(series.device()) ? 0 : 2)
        + (known.benchmark().unit().equals(series.benchmark().unit()) ? 0 : 1);
  }

  private static @Nullable Reason reason(Series known, Series series) {
    if (!known.benchmark().name().equals(series.benchmark().name())) {
      return of(Key.NAME, "by the name '" + known.benchmark().name() + "'");
    }
    if (!known.benchmark().metric().equals(series.benchmark().metric())) {
      return of(Key.METRIC, "with the metric '" + known.benchmark().metric() + "'");
    }
    if (!known.parameters().equals(series.parameters())) {
      return of(Key.PARAMETERS, "with " + words(known.parameters()));
    }
    if (!known.device().equals(series.device())) {
      return of(Key.DEVICE, "on '" + known.device() + "'");
    }
    return known.benchmark().unit().equals(series.benchmark().unit())
        ? of(Key.SUITE, "in another suite")
        : of(
            Key.UNIT,
            "in '%s', not in '%s'".formatted(known.benchmark().unit(), series.benchmark().unit()));
  }

  private static Reason of(Key key, String how) {
    return new Reason(key, "earlier runs have it " + how);
  }

  private static String words(SortedMap<String, String> parameters) {
    List<String> words = new ArrayList<>();
    parameters.forEach((name, value) -> words.add(name + "=" + value));
    return words.isEmpty() ? "no parameters" : "the parameters " + String.join(", ", words);
  }

  /** For the evidence of a series, without a full stop; empty when nothing is known or noted. */
  public String clause(Series series) {
    Reason reason = reasons.get(series);
    return reason == null || (reason.key == Key.MACHINE && count(Key.MACHINE) > 1)
        ? ""
        : reason.clause;
  }

  /** Of what keeps several series apart, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Key key : Key.values()) {
      long count = count(key);
      if (count > 1) {
        Map.Entry<Series, Reason> first =
            reasons.entrySet().stream()
                .filter(entry -> entry.getValue().key == key)
                .findFirst()
                .orElseThrow();
        String example =
            key == Key.MACHINE
                ? first.getValue().clause
                : "of '%s', %s"
                    .formatted(first.getKey().benchmark().name(), first.getValue().clause);
        notes.add("%d series are new, and %s: %s.".formatted(count, key.ofMany, example));
      }
    }
    if (strangers != null) {
      notes.add(strangers);
    }
    return notes;
  }

  private long count(Key key) {
    return reasons.values().stream().filter(reason -> reason.key == key).count();
  }
}
