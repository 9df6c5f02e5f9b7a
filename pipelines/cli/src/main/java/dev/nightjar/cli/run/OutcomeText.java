package dev.nightjar.cli.run;

import dev.nightjar.gate.decision.Judge;
import dev.nightjar.jobs.RunOutcome;
import dev.nightjar.model.Skip;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a run found, for people and for programs. */
final class OutcomeText {
  /** Lines of one kind; the files that hold all verdicts are for programs. */
  private static final int MOST_LINES = 100;

  /** Lines on why a series is new: many have the same reason. */
  private static final int MOST_NEW = 5;

  private static final String TELEMETRY = "telemetry";

  private OutcomeText() {}

  /**
   * The verdict first; then what asks for attention, what was skipped, and where the report lies.
   */
  static List<String> lines(RunOutcome outcome) {
    List<String> lines = lines(outcome.verdicts(), outcome.gate().passed(), outcome.notes());
    lines.addAll(skipLines(outcome.skips(), outcome.earlierSkips()));
    Path report = outcome.report();
    if (report != null) {
      lines.add("Report: " + report);
    }
    return lines;
  }

  /**
   * What was left out: why, where that is new on this host; the rest, which is there every night,
   * in a line. All of it stands in the report.
   */
  static List<String> skipLines(List<Skip> skips, List<Skip> earlier) {
    List<String> lines = new ArrayList<>();
    List<String> asBefore = new ArrayList<>();
    for (Skip skip : skips) {
      if (earlier.contains(skip)) {
        asBefore.add(skip.subject());
      } else {
        lines.add("Not measured: " + skip.subject() + ": " + skip.reason());
      }
    }
    Set<String> left = skips.stream().map(Skip::subject).collect(Collectors.toSet());
    earlier.stream()
        .filter(skip -> skip.step().equals(TELEMETRY) && !left.contains(skip.subject()))
        .forEach(skip -> lines.add("Measured again: " + skip.subject()));
    if (!asBefore.isEmpty()) {
      lines.add("Not measured, as before: " + String.join(", ", asBefore));
    }
    return lines;
  }

  /**
   * The verdicts alone: the summary, what asks for attention, and notes.
   *
   * @param isPassed whether nothing stands against the run
   */
  static List<String> lines(List<Verdict> verdicts, boolean isPassed, List<String> notes) {
    List<String> lines = new ArrayList<>();
    if (!verdicts.isEmpty()) {
      lines.add(summary(verdicts, isPassed));
    }
    Map<VerdictKind, Integer> shown = new EnumMap<>(VerdictKind.class);
    for (Verdict verdict : verdicts) {
      if (asksForAttention(verdict)
          && shown.merge(verdict.kind(), 1, Integer::sum) <= most(verdict.kind())) {
        lines.add("  " + line(verdict));
      }
    }
    shown.forEach((kind, count) -> {
      if (count > most(kind)) {
        lines.add("  and %d more %s".formatted(count - most(kind), kind.word()));
      }
    });
    notes.forEach(note -> lines.add("Note: " + note));
    return lines;
  }

  private static boolean asksForAttention(Verdict verdict) {
    return switch (verdict.kind()) {
      case PASS -> false;
      case NEW -> isNewForAReason(verdict);
      default -> true;
    };
  }

  private static int most(VerdictKind kind) {
    return kind == VerdictKind.NEW ? MOST_NEW : MOST_LINES;
  }

  /** Whether more is known of a new series than that it is new. */
  private static boolean isNewForAReason(Verdict verdict) {
    return verdict.kind() == VerdictKind.NEW
        && verdict.evidence().startsWith(Judge.NOTHING_EARLIER + ";");
  }

  private static String summary(List<Verdict> verdicts, boolean isPassed) {
    Map<VerdictKind, Integer> counts = new EnumMap<>(VerdictKind.class);
    verdicts.forEach(verdict -> counts.merge(verdict.kind(), 1, Integer::sum));
    String text =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(Collectors.joining(", "));
    return "Verdict: "
        + text
        + (isPassed
                && counts.size() == 1
                && counts.containsKey(VerdictKind.NEW)
                && verdicts.stream().noneMatch(OutcomeText::isNewForAReason)
            ? " (nothing to compare with yet)"
            : "");
  }

  private static String line(Verdict verdict) {
    String cause = verdict.suspectedCause();
    return "%s %s: %s%s"
        .formatted(
            verdict.kind().word(),
            seriesName(verdict),
            verdict.evidence(),
            cause == null ? "" : "; suspected: " + cause);
  }

  private static String seriesName(Verdict verdict) {
    String suite = verdict.series().benchmark().suite();
    return (suite == null ? "" : suite + "/")
        + verdict.series().benchmark().name()
        + " "
        + verdict.series().benchmark().metric()
        + (verdict.series().parameters().isEmpty() ? "" : " " + verdict.series().parameters());
  }

  static String json(RunOutcome outcome) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("run", outcome.run().id().toString());
    root.put("exit_code", outcome.gate().exitCode());
    Path report = outcome.report();
    root.put("report", report == null ? null : report.toString());
    var notes = root.putArray("notes");
    outcome.notes().forEach(notes::add);
    var verdicts = root.putArray("verdicts");
    outcome.verdicts().forEach(verdict -> verdicts.add(json(verdict)));
    var skips = root.putArray("not_measured");
    outcome
        .skips()
        .forEach(skip ->
            skips
                .addObject()
                .put("step", skip.step())
                .put("subject", skip.subject())
                .put("reason", skip.reason()));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static ObjectNode json(Verdict verdict) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("suite", verdict.series().benchmark().suite());
    node.put("benchmark", verdict.series().benchmark().name());
    node.put("metric", verdict.series().benchmark().metric());
    node.put("unit", verdict.series().benchmark().unit());
    node.put("device", verdict.series().device().label());
    ObjectNode parameters = node.putObject("parameters");
    verdict.series().parameters().forEach(parameters::put);
    node.put("verdict", verdict.kind().word().toLowerCase(Locale.ROOT));
    putNumber(node, "effect", verdict.effect());
    putNumber(node, "effect_low", verdict.effectLow());
    putNumber(node, "effect_high", verdict.effectHigh());
    putNumber(node, "confidence", verdict.confidence());
    node.put("baseline", verdict.baseline());
    node.put("evidence", verdict.evidence());
    node.put("suspected_cause", verdict.suspectedCause());
    return node;
  }

  private static void putNumber(ObjectNode node, String name, @Nullable Double value) {
    if (value == null) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
