package dev.nightjar.jobs.gate;

import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.RepositoryFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The earlier runs that a run is held against.
 *
 * <p>On a pull request they are those of the merge-base and its ancestors, so that what others
 * merged meanwhile counts for neither side; elsewhere those of the commit itself and its ancestors,
 * the branch's own history. In both cases a run counts by the commit that it measured, not by when
 * it was made: a commit that is measured late takes its place in the history.
 *
 * @param runs the newest {@value #MOST_RUNS}, oldest first
 * @param words what they are, for people
 * @param notes what a person should know of the choice, in sentences
 */
record Baseline(List<PastRun> runs, String words, List<String> notes) {
  private static final int MOST_RUNS = 50;

  /** How CI servers name the branch that a pull request goes into. */
  private static final List<String> TARGET_VARIABLES =
      List.of(
          "GITHUB_BASE_REF",
          "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
          "CHANGE_TARGET",
          "BITBUCKET_PR_DESTINATION_BRANCH",
          "SYSTEM_PULLREQUEST_TARGETBRANCH");

  /**
   * Chooses.
   *
   * @param setting {@code auto}, {@code merge-base} or {@code history}
   * @throws Failure.Unavailable when the merge-base is wanted and cannot be found
   */
  static Baseline choose(
      GitRepository repository,
      String setting,
      GateOptions options,
      PastRun present,
      List<PastRun> runs) {
    String head = present.commit();
    if (head == null) {
      return inOrderOfTime(runs);
    }
    String mode = options.baseline().orElse(setting);
    Optional<String> target = options.base().or(() -> pullRequestTarget(options.environment()));
    boolean isMergeBase = mode.equals("merge-base") || (mode.equals("auto") && target.isPresent());
    if (!isMergeBase) {
      return ofAncestors(repository, head, present.branch(), runs, "the branch's history");
    }
    RepositoryFacts facts = repository.facts();
    String into = target.orElse(facts.defaultBranch() == null ? "HEAD" : facts.defaultBranch());
    String base = mergeBase(repository, head, into, facts.shallow());
    String words = "up to the merge-base " + base.substring(0, 12) + " with " + into;
    return ofAncestors(repository, base, into, runs, words);
  }

  /** The branch that the pull request under way goes into; empty when there is none. */
  private static Optional<String> pullRequestTarget(Map<String, String> environment) {
    return TARGET_VARIABLES.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .map(value -> value.replaceFirst("^refs/heads/", ""))
        .findFirst();
  }

  private static String mergeBase(
      GitRepository repository, String head, String into, boolean isShallow) {
    String target =
        repository
            .commit("refs/remotes/origin/" + into)
            .or(() -> repository.commit(into))
            .orElseThrow(() ->
                new Failure.Unavailable(
                    "The branch %s, which the baseline is taken from, is not in this clone: fetch it (fetch-depth 0 on GitHub, GIT_DEPTH 0 on GitLab), or name another with --base."
                        .formatted(into)));
    return repository
        .mergeBase(head, target)
        .orElseThrow(() ->
            new Failure.Unavailable(
                "%s and %s have no commit in common%s: fetch the whole history (fetch-depth 0 on GitHub, GIT_DEPTH 0 on GitLab), or take --baseline history."
                    .formatted(
                        head.substring(0, 12), into, isShallow ? " in this shallow clone" : "")));
  }

  private static Baseline inOrderOfTime(List<PastRun> runs) {
    List<PastRun> ordered = new ArrayList<>(runs);
    ordered.sort(Comparator.comparing(PastRun::startedAt).thenComparing(PastRun::id));
    return new Baseline(newest(ordered), "all earlier runs", List.of());
  }

  private static Baseline ofAncestors(
      GitRepository repository,
      String tip,
      @Nullable String branch,
      List<PastRun> runs,
      String words) {
    Set<String> commits = new HashSet<>();
    for (PastRun run : runs) {
      if (run.commit() != null) {
        commits.add(run.commit());
      }
    }
    Map<String, Integer> order = new HashMap<>();
    repository.reachable(tip, commits).forEach(commit -> order.put(commit, order.size() + 1));
    List<String> notes = new ArrayList<>();
    if (repository.facts().shallow()) {
      int beyond = placeBeyondTheCut(repository, branch, runs, order);
      if (beyond > 0) {
        notes.add(
            "This clone is shallow: %d earlier runs lie beyond its cut and count by the name of their branch."
                .formatted(beyond));
      }
    }
    List<PastRun> chosen =
        new ArrayList<>(
            runs.stream()
                .filter(run -> run.commit() != null && order.containsKey(run.commit()))
                .toList());
    chosen.sort(
        Comparator.<PastRun>comparingInt(run -> order.getOrDefault(run.commit(), 0))
            .thenComparing(PastRun::startedAt)
            .thenComparing(PastRun::id));
    return new Baseline(newest(chosen), words, List.copyOf(notes));
  }

  /** Runs of the branch whose commits a shallow clone lacks come before all that it has. */
  private static int placeBeyondTheCut(
      GitRepository repository,
      @Nullable String branch,
      List<PastRun> runs,
      Map<String, Integer> order) {
    int placed = 0;
    for (PastRun run : runs) {
      boolean isOfBranch = branch != null && branch.equals(run.branch());
      if (isOfBranch && run.commit() != null && repository.commit(run.commit()).isEmpty()) {
        order.put(run.commit(), 0);
        placed++;
      }
    }
    return placed;
  }

  private static List<PastRun> newest(List<PastRun> ordered) {
    return List.copyOf(ordered.subList(Math.max(0, ordered.size() - MOST_RUNS), ordered.size()));
  }
}
