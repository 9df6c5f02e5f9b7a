package dev.nightjar.jobs.steps;

import dev.nightjar.gate.Judgement;
import dev.nightjar.jobs.gate.StoredRunGate;
import dev.nightjar.model.Run;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares what the run measured with its baseline, and keeps what was found. */
public final class JudgeStep implements PipelineStep {
  @Override
  public String run(RunContext context) {
    Run run = context.run();
    Judgement judgement =
        new StoredRunGate(
                context.database(), context.repository(), context.settings(), context.gate())
            .judge(run);
    context
        .database()
        .disturbances()
        .put(run.id(), run.repositoryId(), run.hostId(), judgement.disturbed());
    context
        .database()
        .verdicts()
        .put(run.id(), run.repositoryId(), run.hostId(), judgement.verdicts());
    context
        .database()
        .findings()
        .put(run.id(), run.repositoryId(), run.hostId(), judgement.findings());
    context.listener().hear(new RunEvent.Judged(judgement.verdicts()));
    return summary(judgement.verdicts());
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
