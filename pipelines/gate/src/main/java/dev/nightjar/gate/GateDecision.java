package dev.nightjar.gate;

import dev.nightjar.model.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate makes of a run's verdicts.
 *
 * @param exitCode 1 when a benchmark regressed or failed; else 3 when one is missing or undecided
 *     and the policy says that this fails; else 0. (2, usage, and 4, environment failed, belong to
 *     the command line.)
 * @param broken verdicts that make it 1
 * @param undecided verdicts that make it 3
 * @param acknowledged verdicts that would have made it 1 or 3, had nobody accepted them
 */
public record GateDecision(
    int exitCode, List<Verdict> broken, List<Verdict> undecided, List<Verdict> acknowledged) {

  /** Nothing stands against the run. */
  public static final int PASSED = 0;

  /** A benchmark regressed or failed. */
  public static final int FOUND = 1;

  /** A verdict that the policy insists on could not be given. */
  public static final int NO_VERDICT = 3;

  public GateDecision {
    broken = List.copyOf(broken);
    undecided = List.copyOf(undecided);
    acknowledged = List.copyOf(acknowledged);
  }

  /** The decision when nobody has acknowledged anything. */
  public static GateDecision of(List<Verdict> verdicts, GatePolicy policy) {
    return of(verdicts, policy, List.of(), LocalDate.MIN);
  }

  /** The decision on the given day. */
  public static GateDecision of(
      List<Verdict> verdicts,
      GatePolicy policy,
      List<Acknowledgement> acknowledgements,
      LocalDate today) {
    List<Verdict> broken = new ArrayList<>();
    List<Verdict> undecided = new ArrayList<>();
    List<Verdict> acknowledged = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      int code = codeOf(verdict, policy);
      if (code == PASSED) {
        continue;
      }
      String name = verdict.series().benchmark().name();
      if (acknowledgements.stream().anyMatch(word -> word.covers(name, today))) {
        acknowledged.add(verdict);
      } else if (code == FOUND) {
        broken.add(verdict);
      } else {
        undecided.add(verdict);
      }
    }
    int exitCode = !broken.isEmpty() ? FOUND : !undecided.isEmpty() ? NO_VERDICT : PASSED;
    return new GateDecision(exitCode, broken, undecided, acknowledged);
  }

  private static int codeOf(Verdict verdict, GatePolicy policy) {
    return switch (verdict.kind()) {
      case REGRESSED, FAILED -> FOUND;
      case MISSING -> undecided(policy.onMissing(verdict.series()));
      case INCONCLUSIVE -> undecided(policy.onInconclusive(verdict.series()));
      case PASS, IMPROVED, NEW -> PASSED;
    };
  }

  private static int undecided(Consequence consequence) {
    return consequence == Consequence.FAIL ? NO_VERDICT : PASSED;
  }

  /** Whether the run may go on. */
  public boolean passed() {
    return exitCode == PASSED;
  }
}
