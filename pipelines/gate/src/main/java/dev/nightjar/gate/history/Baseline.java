package dev.nightjar.gate.history;

import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.git.RepositoryFacts;
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
 * it was made: a commit that is measured late takes its place in the history. {@link Lineage} says
 * what becomes of runs whose commits the clone does not have.
 *
 * @param runs oldest first
 * @param words what they are, for people
 * @param notes what a person should know of the choice, in sentences
 * @param unknownCommits what earlier runs measured and the clone does not have, in hex
 * @param isOwn whether they are the run's own history, and not that of what it goes into: only then
 *     it may begin or end findings, as else nothing that comes later has it among its earlier runs
 */
public record Baseline(
    List<PastRun> runs,
    String words,
    List<String> notes,
    Set<String> unknownCommits,
    boolean isOwn) {
  /** A run's own history. */
  public Baseline(
      List<PastRun> runs, String words, List<String> notes, Set<String> unknownCommits) {
    this(runs, words, notes, unknownCommits, true);
  }

  /**
   * Chooses.
   *
   * @param setting {@code auto}, {@code merge-base} or {@code history}
   * @throws Failure.Unavailable when the merge-base is wanted and cannot be found
   */
  public static Baseline choose(
      GitRepository repository,
      String setting,
      GateOptions options,
      PastRun present,
      List<PastRun> runs) {
    String mode = options.baseline().orElse(setting);
    Map<String, String> environment = options.environment();
    Optional<String> target = options.base().or(() -> CiBranch.target(environment));
    boolean isMergeBase = mode.equals("merge-base") || (mode.equals("auto") && target.isPresent());
    RepositoryFacts facts = repository.facts();
    @Nullable String usual = CiBranch.usual(facts, environment).orElse(null);
    String head = present.commit();
    if (!isMergeBase || head == null) {
      Lineage lineage = new Lineage(repository, head, present.branch(), usual, true);
      return lineage.baseline(runs, head == null ? "all earlier runs" : "the branch's history");
    }
    String into = target.orElse(usual == null ? "HEAD" : usual);
    String base = mergeBase(repository, head, into, facts.shallow());
    String words = "up to the merge-base " + base.substring(0, 12) + " with " + into;
    return new Lineage(repository, base, into, usual, false).baseline(runs, words);
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
}
