package dev.nightjar.jobs.steps;

import dev.nightjar.gate.Judgement;
import dev.nightjar.jobs.gate.StoredRunGate;
import dev.nightjar.jobs.ledger.OwnedRun;
import dev.nightjar.model.Run;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunEvent;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what the run measured with its baseline, and keeps what was found. */
public final class JudgeStep implements PipelineStep {
  private final Optional<OwnedRun> owned;
  private final Path cache;

  /** A step that looks for the function behind no change, as of old commits. */
  public JudgeStep() {
    owned = Optional.empty();
    cache = Path.of("");
  }

  /**
   * A step of a run that profiles what changed.
   *
   * @param owned the run, whose owner ends when the lock that this takes is lost
   * @param cache where work trees are made
   */
  public JudgeStep(OwnedRun owned, Path cache) {
    this.owned = Optional.of(owned);
    this.cache = cache;
  }

  @Override
  public String run(RunContext context) throws InterruptedException {
    Run run = context.run();
    StoredRunGate gate =
        new StoredRunGate(
            context.database(), context.repository(), context.settings(), context.gate());
    Judgement judgement = gate.judge(run);
    List<Verdict> verdicts = explained(context, gate, judgement.verdicts());
    context
        .database()
        .disturbances()
        .put(run.id(), run.repositoryId(), run.hostId(), judgement.disturbed());
    context.database().verdicts().put(run.id(), run.repositoryId(), run.hostId(), verdicts);
    context
        .database()
        .findings()
        .put(run.id(), run.repositoryId(), run.hostId(), judgement.findings());
    context.listener().hear(new RunEvent.Judged(verdicts));
    return summary(verdicts);
  }

  private List<Verdict> explained(RunContext context, StoredRunGate gate, List<Verdict> verdicts)
      throws InterruptedException {
    if (owned.isEmpty()) {
      return verdicts;
    }
    NightlyProfiles profiles = new NightlyProfiles(context, owned.get(), cache);
    return profiles.areWanted(verdicts)
        ? profiles.explain(verdicts, gate.baseCommit(context.run()))
        : verdicts;
  }

  private static String summary(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return "nothing to judge";
    }
    Map<VerdictKind, Long> counts =
        verdicts.stream()
            .collect(
                Collectors.groupingBy(
                    Verdict::kind, () -> new EnumMap<>(VerdictKind.class), Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().word())
        .collect(Collectors.joining(", "));
  }
}
