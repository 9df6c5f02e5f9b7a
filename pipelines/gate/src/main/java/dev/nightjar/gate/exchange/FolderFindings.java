package dev.nightjar.gate.exchange;

import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.finding.RunFindings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Findings as the files of runs tell of them. A person's word has no file of its own: it stands in
 * that of the newest run that saw the finding open, and holds for what comes after that.
 */
public final class FolderFindings {
  private FolderFindings() {}

  /** What was found in any of these runs, and what became of it. */
  public static List<FindingLife> of(Collection<ArchivedRun> runs) {
    Map<UUID, Finding> findings = new LinkedHashMap<>();
    Map<UUID, Set<UUID>> seenBy = new HashMap<>();
    Map<UUID, List<FindingEnd>> ends = new HashMap<>();
    for (ArchivedRun archived : runs) {
      for (Finding finding : archived.findings().open()) {
        findings.putIfAbsent(finding.id(), finding);
        seenBy.computeIfAbsent(finding.id(), _ -> new HashSet<>()).add(archived.run().id());
      }
      for (FindingEnd end : archived.findings().ended()) {
        ends.computeIfAbsent(end.findingId(), _ -> new ArrayList<>()).add(end);
      }
    }
    return findings.values().stream()
        .map(finding ->
            new FindingLife(
                finding,
                seenBy.getOrDefault(finding.id(), Set.of()),
                ends.getOrDefault(finding.id(), List.of())))
        .toList();
  }

  /**
   * The newest run that saw a finding open, with a person's word that ends it; empty when none did,
   * or a person ended it before.
   *
   * @param runs oldest first
   */
  public static Optional<ArchivedRun> accepted(
      List<ArchivedRun> runs, UUID findingId, Instant at, String reason) {
    boolean isAccepted =
        runs.stream()
            .flatMap(run -> run.findings().ended().stream())
            .anyMatch(end -> isAcceptance(end) && end.findingId().equals(findingId));
    return isAccepted
        ? Optional.empty()
        : runs.reversed().stream()
            .filter(
                run -> run.findings().open().stream().anyMatch(one -> one.id().equals(findingId)))
            .findFirst()
            .map(run ->
                withEnd(
                    run,
                    new FindingEnd(findingId, run.run().id(), FindingState.ACCEPTED, at, reason)));
  }

  private static boolean isAcceptance(FindingEnd end) {
    return end.state() == FindingState.ACCEPTED;
  }

  private static ArchivedRun withEnd(ArchivedRun run, FindingEnd end) {
    List<FindingEnd> ended = new ArrayList<>(run.findings().ended());
    ended.add(end);
    return run.with(new RunFindings(run.findings().open(), ended));
  }

  /** A run as it is judged by now, with what a person said in the file that it had before. */
  public static ArchivedRun judgedAgain(
      ArchivedRun run, RunFindings judged, List<ArchivedRun> before) {
    List<FindingEnd> ended = new ArrayList<>(judged.ended());
    before.stream()
        .filter(one -> one.run().id().equals(run.run().id()))
        .flatMap(one -> one.findings().ended().stream())
        .filter(FolderFindings::isAcceptance)
        .forEach(ended::add);
    return run.with(new RunFindings(judged.open(), ended));
  }
}
