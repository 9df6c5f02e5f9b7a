package dev.nightjar.gate.decision;

import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gate makes of a run's verdicts.
 *
 * @param exitCode 1 when a benchmark regressed or failed, or is still slow and the policy says that
 *     this fails; else 3 when one is missing or undecided, most of the run was compared with
 *     nothing, or a file of it that cannot be read was, and the policy says that this fails; else
 *     0. (2, usage, and 4, environment failed, belong to the command line.)
 * @param broken verdicts that make it 1
 * @param undecided verdicts that make it 3
 * @param acknowledged verdicts that would have made it 1 or 3, had nobody accepted them, each with
 *     the word that did
 * @param expired acknowledgements that speak of a broken or undecided verdict and hold no longer
 * @param damaged result files that make it 3, as what they held may have been worse
 * @param open verdicts on what an earlier run is to blame for, and the policy lets pass
 */
public record GateDecision(
    int exitCode,
    List<Verdict> broken,
    List<Verdict> undecided,
    SequencedMap<Verdict, Acknowledgement> acknowledged,
    List<Acknowledgement> expired,
    List<DamagedResults> damaged,
    List<Verdict> open) {

  /** Nothing stands against the run. */
  public static final int PASSED = 0;

  /** A benchmark regressed or failed. */
  public static final int FOUND = 1;

  /** A verdict that the policy insists on could not be given. */
  public static final int NO_VERDICT = 3;

  public GateDecision {
    broken = List.copyOf(broken);
    undecided = List.copyOf(undecided);
    acknowledged = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(acknowledged));
    expired = List.copyOf(expired);
    damaged = List.copyOf(damaged);
    open = List.copyOf(open);
  }

  /** The decision when nobody has acknowledged anything. */
  public static GateDecision of(List<Verdict> verdicts, GatePolicy policy) {
    return of(verdicts, List.of(), policy, List.of(), LocalDate.MIN);
  }

  /** The decision on a run that has something in common with the earlier ones, or is the first. */
  public static GateDecision of(
      List<Verdict> verdicts,
      List<DamagedResults> damaged,
      GatePolicy policy,
      List<Acknowledgement> acknowledgements,
      LocalDate today) {
    return of(verdicts, false, Set.of(), damaged, policy, acknowledgements, today);
  }

  /**
   * The decision on the given day.
   *
   * @param isUnlike whether all of the run is new although earlier runs should have it
   * @param inherited series that are still slow, and were made so on another branch
   * @param damaged result files of the run that could not be read as a whole
   */
  public static GateDecision of(
      List<Verdict> verdicts,
      boolean isUnlike,
      Set<Series> inherited,
      List<DamagedResults> damaged,
      GatePolicy policy,
      List<Acknowledgement> acknowledgements,
      LocalDate today) {
    List<Verdict> broken = new ArrayList<>();
    List<Verdict> undecided = new ArrayList<>();
    SequencedMap<Verdict, Acknowledgement> acknowledged = new LinkedHashMap<>();
    Set<Acknowledgement> expired = new LinkedHashSet<>();
    List<Verdict> open = new ArrayList<>();
    boolean isUncompared =
        policy.onUncompared() == Consequence.FAIL
            && (isUnlike || isUntimed(verdicts) || isUncompared(verdicts, acknowledgements, today));
    for (Verdict verdict : verdicts) {
      int code = codeOf(verdict, inherited, policy, isUncompared);
      if (code == PASSED) {
        if (verdict.kind() == VerdictKind.STILL_REGRESSED) {
          open.add(verdict);
        }
        continue;
      }
      String name = verdict.series().benchmark().name();
      Acknowledgement word = covering(acknowledgements, name, today);
      if (word != null) {
        acknowledged.put(verdict, word);
        continue;
      }
      acknowledgements.stream().filter(late -> late.concerns(name)).forEach(expired::add);
      (code == FOUND ? broken : undecided).add(verdict);
    }
    List<DamagedResults> unread =
        policy.onUncompared() == Consequence.FAIL
            ? againstTheRun(damaged, verdicts, acknowledgements, today)
            : List.of();
    boolean isDecided = undecided.isEmpty() && unread.isEmpty();
    int exitCode = !broken.isEmpty() ? FOUND : isDecided ? PASSED : NO_VERDICT;
    return new GateDecision(
        exitCode, broken, undecided, acknowledged, List.copyOf(expired), unread, open);
  }

  /**
   * The damaged files of which nothing was compared, and all of them where something that earlier
   * runs have is missing, as it may have stood in them. One that gave all that is known of before
   * lost nothing that is known of.
   */
  private static List<DamagedResults> againstTheRun(
      List<DamagedResults> damaged,
      List<Verdict> verdicts,
      List<Acknowledgement> acknowledgements,
      LocalDate today) {
    Set<Series> compared = new HashSet<>();
    boolean isAnyMissing = false;
    for (Verdict verdict : verdicts) {
      switch (verdict.kind()) {
        case PASS, IMPROVED, REGRESSED, STILL_REGRESSED, INCONCLUSIVE ->
            compared.add(verdict.series());
        case MISSING ->
            isAnyMissing |=
                covering(acknowledgements, verdict.series().benchmark().name(), today) == null;
        case NEW, FAILED -> {}
      }
    }
    boolean isAllLost = isAnyMissing;
    return damaged.stream()
        .filter(file -> isAllLost || Collections.disjoint(file.kept(), compared))
        .toList();
  }

  private static @Nullable Acknowledgement covering(
      List<Acknowledgement> acknowledgements, String name, LocalDate today) {
    return acknowledgements.stream()
        .filter(word -> word.covers(name, today))
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether most of what the run measured is new while at least as much that earlier runs have is
   * missing: then the same benchmarks go by another name, unit or parameter, and a slow one would
   * pass as new. Of a run of a single series {@code on_missing} alone decides.
   */
  private static boolean isUncompared(
      List<Verdict> verdicts, List<Acknowledgement> acknowledgements, LocalDate today) {
    int fresh = 0;
    int missing = 0;
    int compared = 0;
    for (Verdict verdict : verdicts) {
      switch (verdict.kind()) {
        case NEW -> fresh++;
        case PASS, IMPROVED, REGRESSED, STILL_REGRESSED, INCONCLUSIVE -> compared++;
        case MISSING -> {
          String name = verdict.series().benchmark().name();
          missing += covering(acknowledgements, name, today) == null ? 1 : 0;
        }
        case FAILED -> {}
      }
    }
    return fresh > Math.max(1, compared) && missing >= fresh;
  }

  private static int codeOf(
      Verdict verdict, Set<Series> inherited, GatePolicy policy, boolean isUncompared) {
    return switch (verdict.kind()) {
      case REGRESSED, FAILED -> FOUND;
      case STILL_REGRESSED ->
          policy.onOpen(inherited.contains(verdict.series())) == Consequence.FAIL ? FOUND : PASSED;
      case MISSING -> undecided(policy.onMissing(verdict.series()));
      case INCONCLUSIVE ->
          isUncompared && Judge.isUntimed(verdict) ? NO_VERDICT : inconclusive(verdict, policy);
      case NEW -> isUncompared ? NO_VERDICT : PASSED;
      case PASS, IMPROVED -> PASSED;
    };
  }

  /** Whether nothing was compared, and times that were zero are why. */
  private static boolean isUntimed(List<Verdict> verdicts) {
    return verdicts.stream().anyMatch(Judge::isUntimed)
        && verdicts.stream().allMatch(GateDecision::hasNoComparison);
  }

  private static boolean hasNoComparison(Verdict verdict) {
    return verdict.kind() == VerdictKind.NEW || Judge.isUntimed(verdict);
  }

  private static int undecided(Consequence consequence) {
    return consequence == Consequence.FAIL ? NO_VERDICT : PASSED;
  }

  private static int inconclusive(Verdict verdict, GatePolicy policy) {
    Consequence consequence = policy.onInconclusive(verdict.series());
    return consequence == Consequence.FAIL_IF_WORSE && policy.looksWorse(verdict)
        ? NO_VERDICT
        : undecided(consequence);
  }

  /** How many series count as undecided because the run was compared with nothing. */
  public long uncompared() {
    return undecided.stream().filter(GateDecision::hasNoComparison).count();
  }

  /** Whether the run may go on. */
  public boolean passed() {
    return exitCode == PASSED;
  }
}
