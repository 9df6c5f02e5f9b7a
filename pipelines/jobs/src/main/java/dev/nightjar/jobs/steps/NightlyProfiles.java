package dev.nightjar.jobs.steps;

import dev.nightjar.git.ChangedLines;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.jobs.ledger.OwnedRun;
import dev.nightjar.jobs.paired.Checkout;
import dev.nightjar.jobs.profile.ProfiledVerdicts;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Skip;
import dev.nightjar.model.Verdict;
import dev.nightjar.settings.ProfileWhen;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.lock.HeldLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Profiles what changed against the newest run that it was compared with: both commits are built
 * anew, as the settings say how, and run in turns. What goes wrong in it is noted and changes no
 * verdict.
 */
final class NightlyProfiles {
  private final RunContext context;
  private final OwnedRun owned;
  private final Path cache;
  private final Settings settings;

  NightlyProfiles(RunContext context, OwnedRun owned, Path cache) {
    this.context = context;
    this.owned = owned;
    this.cache = cache;
    settings = context.settings();
  }

  /** Whether there is anything to explain. */
  boolean areWanted(List<Verdict> verdicts) {
    return settings.profile() != ProfileWhen.NEVER
        && context.run().headCommit() != null
        && settings.benchmarks().stream()
            .anyMatch(benchmark ->
                verdicts.stream()
                    .filter(ProfiledVerdicts::isChanged)
                    .anyMatch(verdict -> ProfiledVerdicts.isOf(benchmark, verdict)));
  }

  /** The verdicts with the functions behind them; the profiles are kept with the run. */
  List<Verdict> explain(List<Verdict> verdicts, Optional<String> base) throws InterruptedException {
    String head = context.run().headCommit();
    if (head == null || base.isEmpty() || base.get().equals(head)) {
      return verdicts; // the commit is the same, or none is known: no function can have changed
    }
    try (HeldLock _ = owned.holding(Turn.ofHost(context.database(), context.listener()));
        WorkTrees trees = WorkTrees.open(context.repository().location(), cache)) {
      return explain(verdicts, trees, base.get(), head);
    } catch (Failure.Unavailable e) {
      skip(String.valueOf(e.getMessage()));
      return verdicts;
    }
  }

  private List<Verdict> explain(List<Verdict> verdicts, WorkTrees trees, String base, String head)
      throws InterruptedException {
    Path baseTree = trees.add("base", base);
    Path headTree = trees.add("head", head);
    try {
      for (Path tree : List.of(baseTree, headTree)) {
        Optional<String> problem = Checkout.setUp(tree, settings.setup());
        if (problem.isPresent()) {
          skip(problem.get());
          return verdicts;
        }
      }
      ProfiledVerdicts profiled =
          new ProfiledVerdicts(
              baseTree,
              headTree,
              () -> ChangedLines.between(context.repository().location(), base, head),
              context.listener(),
              this::skip);
      List<Verdict> explained = profiled.of(verdicts, settings.benchmarks(), ProfileWhen.AUTO);
      context.database().profiles().put(context.run().id(), base, profiled.profiles());
      return explained;
    } finally {
      Checkout.endWhatRunsIn(baseTree);
      Checkout.endWhatRunsIn(headTree);
    }
  }

  private void skip(String reason) {
    context.skip(new Skip("profile", "functions behind the verdicts", reason));
  }
}
