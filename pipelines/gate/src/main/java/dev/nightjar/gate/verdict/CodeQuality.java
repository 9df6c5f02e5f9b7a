package dev.nightjar.gate.verdict;

import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.decision.VerdictText;
import dev.nightjar.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings as GitLab's code quality report, which it shows beside the lines of a merge request. */
public final class CodeQuality {
  private CodeQuality() {}

  /** What stands against the run, and what is still slow; what has no place cannot be shown. */
  public static String json(
      List<Verdict> verdicts,
      GateDecision decision,
      FunctionFindings functions,
      FindingPlaces places) {
    ArrayNode issues = JsonMapper.shared().createArrayNode();
    for (Verdict verdict : verdicts) {
      String severity = severity(verdict, decision);
      List<FilePlace> known =
          functions.place(verdict).map(List::of).orElseGet(() -> places.of(verdict));
      if (!severity.isEmpty() && !known.isEmpty()) {
        add(issues.addObject(), verdict, severity, known.getFirst());
      }
    }
    return issues.toPrettyString() + "\n";
  }

  private static String severity(Verdict verdict, GateDecision decision) {
    if (decision.broken().contains(verdict)) {
      return "major";
    }
    boolean isTold =
        decision.undecided().contains(verdict)
            || decision.open().contains(verdict)
            || decision.acknowledged().containsKey(verdict);
    return isTold ? "minor" : "";
  }

  private static void add(ObjectNode issue, Verdict verdict, String severity, FilePlace place) {
    String name = OutsideText.line(VerdictText.name(verdict.series()));
    String rule = "nightjar/" + verdict.kind().word().replace(' ', '-');
    issue.put("check_name", rule);
    issue.put(
        "description",
        "%s %s: %s, %s"
            .formatted(
                name,
                verdict.kind().word(),
                VerdictText.effect(verdict),
                OutsideText.line(VerdictText.grounds(verdict))));
    byte[] identity = (rule + " " + name).getBytes(StandardCharsets.UTF_8);
    issue.put("fingerprint", UUID.nameUUIDFromBytes(identity).toString().replace("-", ""));
    issue.put("severity", severity);
    ObjectNode location = issue.putObject("location");
    location.put("path", place.file());
    location.putObject("lines").put("begin", place.line());
  }
}
