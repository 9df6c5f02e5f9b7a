package dev.nightjar.gate.history;

import dev.nightjar.git.GitRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The earlier runs that lead to a commit, in the order of its history.
 *
 * <p>Runs of its ancestors count by their place among them. A clone does not tell the place of
 * every run: it may be cut off, its branch may have been rewritten by a rebase or a force-push, or
 * a run may have no commit at all. Such runs of the same branch count by the time at which they
 * were made, and that is said: compared with nothing, any change would pass as new. Runs of commits
 * that are known to lie elsewhere, on another branch or further on, do not count.
 */
final class Lineage {
  private static final Comparator<PastRun> BY_TIME =
      Comparator.comparing(PastRun::startedAt).thenComparing(PastRun::id);
  private static final List<String> USUAL_NAMES = List.of("main", "master", "trunk");

  /** Of a rewritten branch's runs, the newest tell enough; each costs a walk through history. */
  private static final int MOST_REWRITTEN = 50;

  private final GitRepository repository;
  private final @Nullable String tip;
  private final @Nullable String branch;
  private final @Nullable String usual;
  private final boolean isOwnBranch;
  private final boolean isShallow;
  private final Map<String, Boolean> here = new HashMap<>();

  /** Why a run whose place is not known counts by its time. */
  private enum ByTime {
    BEYOND_THE_CUT(
        "This clone is shallow: %d earlier run%s beyond its cut and count%s by the name of"
            + " the branch and by time"),
    NOT_HERE(
        "%d earlier run%s of commits that this clone does not have, as after a force-push or a"
            + " rebase, and count%s by time"),
    REWRITTEN(
        "%d earlier run%s of commits that are no longer part of the branch, as after a force-push"
            + " or a rebase, and count%s by time"),
    WITHOUT_COMMIT("%d earlier run%s without a commit and count%s by time");

    private final String sentence;

    ByTime(String sentence) {
      this.sentence = sentence;
    }

    String sentence(int runs) {
      String verb =
          this == BEYOND_THE_CUT ? (runs == 1 ? " lies" : "s lie") : runs == 1 ? " is" : "s are";
      return sentence.formatted(runs, verb, runs == 1 ? "s" : "") + ".";
    }
  }

  /**
   * A lineage.
   *
   * @param tip the commit, in hex; absent when nothing is checked out
   * @param branch the branch whose history it is; absent when nobody knows
   * @param usual the default branch; absent when nobody knows
   * @param isOwnBranch whether the run itself is of that branch, not of one that goes into it: then
   *     runs of commits that are not here can only be the branch's past
   */
  Lineage(
      GitRepository repository,
      @Nullable String tip,
      @Nullable String branch,
      @Nullable String usual,
      boolean isOwnBranch) {
    this.repository = repository;
    this.tip = tip;
    this.branch = branch;
    this.usual = usual;
    this.isOwnBranch = isOwnBranch;
    isShallow = repository.facts().shallow();
  }

  Baseline baseline(List<PastRun> runs, String words) {
    if (tip == null) {
      return new Baseline(runs.stream().sorted(BY_TIME).toList(), words, List.of(), Set.of());
    }
    List<PastRun> placed = ofAncestors(runs);
    Map<PastRun, ByTime> byTime = ofTheBranch(runs, new HashSet<>(placed));
    if (placed.isEmpty() && byTime.isEmpty()) {
      byTime = whateverThereIs(runs);
    }
    List<PastRun> chosen = new ArrayList<>(placed);
    byTime.keySet().stream().sorted(BY_TIME).forEach(run -> insert(chosen, run));
    Set<String> unknown = new HashSet<>();
    here.forEach((commit, isHere) -> {
      if (!isHere) {
        unknown.add(commit);
      }
    });
    return new Baseline(List.copyOf(chosen), words, notes(byTime), unknown, isOwnBranch);
  }

  private List<PastRun> ofAncestors(List<PastRun> runs) {
    if (!isHere(tip)) {
      return List.of();
    }
    Set<String> commits = new HashSet<>();
    for (PastRun run : runs) {
      if (run.commit() != null) {
        commits.add(run.commit());
      }
    }
    Map<String, Integer> order = new HashMap<>();
    repository.reachable(String.valueOf(tip), commits).forEach(c -> order.put(c, order.size()));
    order.keySet().forEach(commit -> here.put(commit, true));
    return runs.stream()
        .filter(run -> run.commit() != null && order.containsKey(run.commit()))
        .sorted(
            Comparator.<PastRun>comparingInt(run -> order.getOrDefault(run.commit(), 0))
                .thenComparing(BY_TIME))
        .toList();
  }

  private Map<PastRun, ByTime> ofTheBranch(List<PastRun> runs, Set<PastRun> placed) {
    Map<PastRun, ByTime> found = new HashMap<>();
    List<PastRun> rewritten = new ArrayList<>();
    for (PastRun run : runs) {
      String name = run.branch();
      boolean isOfBranch = name != null && name.equals(branch);
      if (placed.contains(run) || (!isOwnBranch && !isShallow && !placed.isEmpty())) {
        continue;
      }
      if (run.commit() == null) {
        if (isOfBranch || name == null) {
          found.put(run, ByTime.WITHOUT_COMMIT);
        }
      } else if (!isHere(run.commit())) {
        if (isOfBranch || (isShallow && name != null && name.equals(usual))) {
          found.put(run, isShallow ? ByTime.BEYOND_THE_CUT : ByTime.NOT_HERE);
        }
      } else if (isOfBranch) {
        rewritten.add(run);
      }
    }
    rewritten.stream()
        .sorted(BY_TIME.reversed())
        .limit(MOST_REWRITTEN)
        .filter(run -> !isFurtherOn(run.commit()))
        .forEach(run -> found.put(run, ByTime.REWRITTEN));
    return found;
  }

  /**
   * When no run has the branch's name: those of the default branch, by whatever name it usually
   * has; else those of no name; in a cut clone, which cannot tell that they lie elsewhere, else
   * all.
   */
  private Map<PastRun, ByTime> whateverThereIs(List<PastRun> runs) {
    List<PastRun> unknown =
        runs.stream().filter(run -> run.commit() == null || !isHere(run.commit())).toList();
    List<PastRun> chosen =
        unknown.stream()
            .filter(run ->
                run.branch() != null
                    && (usual == null
                        ? USUAL_NAMES.contains(run.branch())
                        : usual.equals(run.branch())))
            .toList();
    if (chosen.isEmpty()) {
      chosen = unknown.stream().filter(run -> run.branch() == null).toList();
    }
    if (chosen.isEmpty() && isShallow) {
      chosen = unknown;
    }
    Map<PastRun, ByTime> found = new HashMap<>();
    chosen.forEach(run ->
        found.put(
            run,
            run.commit() == null
                ? ByTime.WITHOUT_COMMIT
                : isShallow ? ByTime.BEYOND_THE_CUT : ByTime.NOT_HERE));
    return found;
  }

  /** Behind the last run that was made before it. */
  private static void insert(List<PastRun> chosen, PastRun run) {
    int at = chosen.size();
    while (at > 0 && chosen.get(at - 1).startedAt().isAfter(run.startedAt())) {
      at--;
    }
    chosen.add(at, run);
  }

  private boolean isHere(@Nullable String commit) {
    return commit != null
        && here.computeIfAbsent(commit, name -> repository.commit(name).isPresent());
  }

  /** Whether the tip is an ancestor of a commit. */
  private boolean isFurtherOn(@Nullable String commit) {
    return commit != null
        && tip != null
        && isHere(tip)
        && repository.mergeBase(tip, commit).filter(tip::equals).isPresent();
  }

  private static List<String> notes(Map<PastRun, ByTime> byTime) {
    List<String> notes = new ArrayList<>();
    for (ByTime kind : ByTime.values()) {
      int runs = (int) byTime.values().stream().filter(kind::equals).count();
      if (runs > 0) {
        notes.add(kind.sentence(runs));
      }
    }
    return notes;
  }
}
