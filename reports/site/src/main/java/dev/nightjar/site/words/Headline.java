package dev.nightjar.site.words;

import dev.nightjar.model.RunState;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.site.data.OpenFindings;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.store.report.OpenFindingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The verdict of the whole run: what a person must know who reads one sentence.
 *
 * @param worst what colours the page's head
 * @param sentence the verdict
 * @param grounds since when, how sure, and what is suspected; empty when there is nothing to add
 * @param cause what is suspected, as it was stored; empty where nothing is
 */
public record Headline(VerdictKind worst, String sentence, String grounds, String cause) {
  private Headline(VerdictKind worst, String sentence, String grounds) {
    this(worst, sentence, grounds, "");
  }

  /** The headline of a run. */
  public static Headline of(Outcome outcome) {
    Map<VerdictKind, Integer> counts = Verdicts.count(outcome.results());
    int judged = counts.values().stream().mapToInt(Integer::intValue).sum();
    if (outcome.run().state() == RunState.FAILED) {
      return new Headline(
          VerdictKind.FAILED, "The run failed before it was done.", afterwards(counts, List.of()));
    }
    if (judged == 0) {
      return nothingJudged(outcome);
    }
    Headline headline = withUnmeasured(judged(outcome, counts, judged), outcome.findings());
    return headline.with(drifts(outcome.findings()));
  }

  private Headline with(String further) {
    return further.isEmpty()
        ? this
        : new Headline(worst, sentence, (grounds + " " + further).strip(), cause);
  }

  /** What gets worse bit by bit is seen in no single night's verdict. */
  private static String drifts(OpenFindings findings) {
    List<OpenFindingLine> drifts =
        findings.open().stream().filter(one -> one.kind() == FindingKind.DRIFT).toList();
    if (drifts.isEmpty()) {
      return "";
    }
    OpenFindingLine oldest = drifts.getFirst();
    Double effect = oldest.effectThen();
    String change =
        effect == null
            ? ""
            : ", " + EffectWords.spoken(oldest.series().benchmark(), effect) + " when it was found";
    String more = drifts.size() == 1 ? "" : ", and %d more".formatted(drifts.size() - 1);
    return "Drifting bit by bit: %s since %s%s%s."
        .formatted(SeriesNames.name(oldest.series()), Moments.day(oldest.since()), change, more);
  }

  /** What was slow and is not measured is not well for that. */
  private static Headline withUnmeasured(Headline headline, OpenFindings findings) {
    List<OpenFindingLine> unmeasured =
        findings.open().stream()
            .filter(one -> one.verdict() == null && one.kind() != FindingKind.DRIFT)
            .toList();
    if (unmeasured.isEmpty()) {
      return headline;
    }
    OpenFindingLine oldest = unmeasured.getFirst();
    String more = unmeasured.size() == 1 ? "" : " and %d more".formatted(unmeasured.size() - 1);
    String slow =
        "Not measured here and not known to be mended: %s%s, slow %s."
            .formatted(SeriesNames.name(oldest.series()), more, since(oldest, findings));
    return headline.with(slow);
  }

  private static Headline judged(Outcome outcome, Map<VerdictKind, Integer> counts, int judged) {
    VerdictKind worst =
        Verdicts.worstFirst().stream().filter(counts::containsKey).findFirst().orElseThrow();
    return switch (worst) {
      case REGRESSED -> regressed(outcome, counts, judged);
      case STILL_REGRESSED -> still(outcome, counts);
      case FAILED -> plain(worst, count(counts, worst) + " failed.", counts, worst);
      case MISSING -> plain(worst, count(counts, worst) + " gave no result.", counts, worst);
      case INCONCLUSIVE ->
          plain(
              worst,
              (outcome.findings().open().isEmpty() ? "No" : "No new")
                  + " regression is shown, but "
                  + count(counts, worst)
                  + " could not be decided.",
              counts,
              worst);
      case NEW -> allNewOrPass(counts, judged);
      case IMPROVED ->
          plain(worst, count(counts, worst) + " improved; none regressed.", counts, worst);
      case PASS -> new Headline(worst, "All " + benchmarks(judged) + " pass.", "");
    };
  }

  /** How many and since when; the grounds are those of the oldest. */
  private static Headline still(Outcome outcome, Map<VerdictKind, Integer> counts) {
    VerdictKind kind = VerdictKind.STILL_REGRESSED;
    int still = counts.getOrDefault(kind, 0);
    String slow = count(counts, kind) + (still == 1 ? " is" : " are") + " still slow";
    List<OpenFindingLine> seen =
        outcome.findings().open().stream().filter(one -> one.verdict() == kind).toList();
    if (seen.isEmpty()) {
      return plain(kind, slow + ".", counts, kind);
    }
    OpenFindingLine oldest = seen.getFirst();
    return new Headline(
        kind,
        slow + ", " + (still == 1 ? "" : "the first ") + since(oldest, outcome.findings()) + ".",
        groundsOf(oldest, counts),
        oldest.cause());
  }

  private static String since(OpenFindingLine finding, OpenFindings all) {
    long days = all.days(finding);
    String commit = finding.sinceCommit();
    return "since "
        + Moments.day(finding.since())
        + (commit == null ? "" : " at commit " + abbreviated(commit))
        + (days == 0 ? "" : ", " + days + (days == 1 ? " day ago" : " days ago"));
  }

  private static String groundsOf(OpenFindingLine finding, Map<VerdictKind, Integer> counts) {
    Double effect = finding.effectNow();
    String name = SeriesNames.name(finding.series());
    List<String> sentences = new ArrayList<>();
    if (effect != null) {
      String change = EffectWords.spoken(finding.series().benchmark(), effect);
      sentences.add(name + " is " + change + " than before that.");
    }
    sentences.add("Suspected cause: " + stopped(finding.cause()));
    String rest = afterwards(counts, List.of(VerdictKind.STILL_REGRESSED));
    if (!rest.isEmpty()) {
      sentences.add(rest);
    }
    return String.join(" ", sentences);
  }

  private static Headline plain(
      VerdictKind worst, String sentence, Map<VerdictKind, Integer> counts, VerdictKind said) {
    return new Headline(worst, sentence, afterwards(counts, List.of(said)));
  }

  private static Headline allNewOrPass(Map<VerdictKind, Integer> counts, int judged) {
    int fresh = counts.getOrDefault(VerdictKind.NEW, 0);
    if (fresh == judged) {
      return new Headline(
          VerdictKind.NEW,
          "First run: " + fresh + " new series, nothing to compare with yet.",
          "The next run on this machine will be judged against this one.");
    }
    return new Headline(
        VerdictKind.PASS,
        "All " + benchmarks(judged - fresh) + " with a history pass.",
        fresh + " new series have nothing to compare with yet.");
  }

  private static Headline nothingJudged(Outcome outcome) {
    String sentence =
        outcome.results().isEmpty()
            ? "No benchmark was measured in this run."
            : outcome.results().size() + " series were measured and not judged.";
    String grounds =
        outcome.skips() == 0
            ? "Name benchmarks or suites in nightjar.yaml to have some."
            : outcome.skips() + " things were skipped; the reasons are below.";
    return new Headline(VerdictKind.NEW, sentence, grounds);
  }

  private static Headline regressed(Outcome outcome, Map<VerdictKind, Integer> counts, int judged) {
    SeriesResult worst = Verdicts.inOrder(outcome.results()).getFirst();
    Verdict verdict = Objects.requireNonNull(worst.verdict());
    int regressed = counts.getOrDefault(VerdictKind.REGRESSED, 0);
    String name = SeriesNames.name(worst.series());
    Double effect = verdict.effect();
    String change =
        effect == null
            ? name + " regressed"
            : name + " is " + EffectWords.spoken(worst.series().benchmark(), effect);
    String sentence =
        regressed == 1
            ? change + "."
            : regressed + " of " + benchmarks(judged) + " regressed; " + change + ".";
    String cause = verdict.suspectedCause();
    return new Headline(
        VerdictKind.REGRESSED,
        sentence,
        grounds(outcome, verdict, counts),
        cause == null ? "" : cause);
  }

  private static String grounds(
      Outcome outcome, Verdict verdict, Map<VerdictKind, Integer> counts) {
    List<String> sentences = new ArrayList<>();
    String certainty = EffectWords.certainty(verdict);
    if (!certainty.isEmpty()) {
      sentences.add("How sure: " + certainty + ".");
    }
    sentences.add(since(outcome));
    String cause = verdict.suspectedCause();
    sentences.add(cause == null ? "No cause is known yet." : "Suspected cause: " + stopped(cause));
    String rest = afterwards(counts, List.of(VerdictKind.REGRESSED));
    if (!rest.isEmpty()) {
      sentences.add(rest);
    }
    return String.join(" ", sentences);
  }

  private static String since(Outcome outcome) {
    int commits = outcome.commits().total();
    if (commits == 1) {
      var only = outcome.commits().newest();
      return only.isEmpty()
          ? "One commit came in."
          : "Since commit " + abbreviated(only.getFirst().id()) + ".";
    }
    String head = outcome.run().headCommit();
    String previous = outcome.commits().previousHead();
    if (commits == 0 || head == null || previous == null) {
      return "No commit came in since the run before, so look at the machine first.";
    }
    return "Since "
        + abbreviated(previous)
        + ", within "
        + Moments.counted(commits)
        + " commits up to "
        + abbreviated(head)
        + ".";
  }

  private static String afterwards(Map<VerdictKind, Integer> counts, List<VerdictKind> said) {
    List<String> parts = new ArrayList<>();
    for (VerdictKind kind : Verdicts.worstFirst()) {
      int count = counts.getOrDefault(kind, 0);
      if (count > 0 && !said.contains(kind)) {
        parts.add(count + " " + (kind == VerdictKind.PASS && count != 1 ? "pass" : kind.word()));
      }
    }
    return parts.isEmpty() ? "" : "Besides: " + String.join(", ", parts) + ".";
  }

  private static String count(Map<VerdictKind, Integer> counts, VerdictKind kind) {
    return benchmarks(counts.getOrDefault(kind, 0));
  }

  private static String benchmarks(int count) {
    return count == 1 ? "1 benchmark" : count + " benchmarks";
  }

  private static String stopped(String sentence) {
    String stripped = sentence.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }

  /** A commit's id, short enough to be read. */
  public static String abbreviated(String commitId) {
    return commitId.length() > 10 ? commitId.substring(0, 10) : commitId;
  }
}
