package dev.nightjar.gate.decision;

import static dev.nightjar.gate.decision.SeriesFixtures.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateDecisionTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

  private static Verdict verdict(String name, VerdictKind kind) {
    return new Verdict(
        SeriesFixtures.series(name), kind, null, null, null, null, null, "evidence", null);
  }

  private static GatePolicy policy(Consequence onInconclusive, Consequence onMissing) {
    return new GatePolicy(0.99, 0.02, onInconclusive, onMissing, List.of());
  }

  /** The exit code that the words of the gate's contract give, written a second time. */
  private static int contract(
      EnumSet<VerdictKind> kinds, Consequence onInconclusive, Consequence onMissing) {
    if (kinds.contains(VerdictKind.REGRESSED)
        || kinds.contains(VerdictKind.STILL_REGRESSED)
        || kinds.contains(VerdictKind.FAILED)) {
      return 1;
    }
    boolean missing = kinds.contains(VerdictKind.MISSING) && onMissing == Consequence.FAIL;
    boolean open = kinds.contains(VerdictKind.INCONCLUSIVE) && onInconclusive == Consequence.FAIL;
    return missing || open ? 3 : 0;
  }

  @Test
  void everyCombinationOfVerdictsAndPoliciesGivesItsExitCode() {
    VerdictKind[] kinds = VerdictKind.values();
    int walked = 0;
    for (int bits = 0; bits < 1 << kinds.length; bits++) {
      EnumSet<VerdictKind> present = EnumSet.noneOf(VerdictKind.class);
      List<Verdict> verdicts = new ArrayList<>();
      for (int k = 0; k < kinds.length; k++) {
        if ((bits >> k & 1) == 1) {
          present.add(kinds[k]);
          verdicts.add(verdict("b" + k, kinds[k]));
        }
      }
      for (Consequence onInconclusive : Consequence.values()) {
        for (Consequence onMissing : Consequence.values()) {
          GateDecision decision = GateDecision.of(verdicts, policy(onInconclusive, onMissing));
          assertEquals(
              contract(present, onInconclusive, onMissing), decision.exitCode(), present + "");
          assertEquals(decision.exitCode() == 0, decision.passed());
          walked++;
        }
      }
    }
    assertEquals(4096, walked);
  }

  @ParameterizedTest(name = "{0} by {1} with {2}: {3}")
  @CsvSource({
    "fail-if-worse, 0.03, lower, 3",
    "fail-if-worse, 0.01, lower, 0",
    "fail-if-worse, -0.03, lower, 0",
    "fail-if-worse, -0.03, higher, 3",
    "fail-if-worse, , lower, 0",
    "pass, 0.5, lower, 0",
    "fail, , lower, 3",
    "auto, 0.5, lower, 0"
  })
  void anUndecidedComparisonThatLooksWorseFailsWhereThePolicySaysSo(
      String word, @Nullable Double effect, String direction, int exitCode) {
    Consequence consequence = Consequence.of(word);
    assertEquals(word, consequence.word());
    BenchmarkRule rule =
        new BenchmarkRule(
            "b",
            null,
            null,
            Direction.valueOf(direction.toUpperCase(Locale.ROOT) + "_IS_BETTER"),
            null,
            null);
    GatePolicy policy = new GatePolicy(0.99, 0.02, consequence, Consequence.FAIL, List.of(rule));
    Verdict undecided =
        new Verdict(
            SeriesFixtures.series("b"),
            VerdictKind.INCONCLUSIVE,
            effect,
            null,
            null,
            null,
            null,
            "evidence",
            null);
    assertEquals(exitCode, GateDecision.of(List.of(undecided), policy).exitCode());
    int ofPairs = consequence == Consequence.AUTO ? 3 : exitCode;
    assertEquals(ofPairs, GateDecision.of(List.of(undecided), policy.paired()).exitCode());
  }

  /** Who opened it, what the policy says, and the exit code. */
  @ParameterizedTest
  @CsvSource({
    "here,      auto, 1",
    "elsewhere, auto, 0",
    "here,      fail, 1",
    "elsewhere, fail, 1",
    "here,      pass, 0",
    "elsewhere, pass, 0"
  })
  void whatIsStillSlowFailsWhereItBegan(String place, String onOpen, int exitCode) {
    Verdict still = verdict("parse", VerdictKind.STILL_REGRESSED);
    GatePolicy policy =
        new GatePolicy(
            0.99,
            0.02,
            0.02,
            Consequence.PASS,
            Consequence.FAIL,
            Consequence.FAIL,
            onOpen.equals("auto") ? null : Consequence.of(onOpen),
            Consequence.PASS,
            List.of());
    Set<Series> inherited = place.equals("here") ? Set.of() : Set.of(still.series());
    GateDecision decision =
        GateDecision.of(
            List.of(still), false, inherited, List.of(), policy, List.of(), LocalDate.MIN);
    assertEquals(exitCode, decision.exitCode());
    assertEquals(exitCode == 0 ? List.of(still) : List.of(), decision.open());
  }

  @Test
  void anAcknowledgementHoldsThroughItsLastDay() {
    List<Verdict> verdicts = List.of(verdict("parser", VerdictKind.REGRESSED));
    Acknowledgement word = new Acknowledgement("parser", "known, new checks", TODAY);
    GateDecision held =
        GateDecision.of(verdicts, List.of(), GatePolicy.DEFAULT, List.of(word), TODAY);
    assertEquals(0, held.exitCode());
    assertEquals(verdicts, List.copyOf(held.acknowledged().keySet()));
    assertEquals(List.of(), held.expired());
    GateDecision expired =
        GateDecision.of(verdicts, List.of(), GatePolicy.DEFAULT, List.of(word), TODAY.plusDays(1));
    assertEquals(1, expired.exitCode());
    assertTrue(expired.acknowledged().isEmpty());
    assertEquals(List.of(word), expired.expired());
  }

  @Test
  void anAcknowledgementCoversOnlyItsBenchmark() {
    Acknowledgement word = new Acknowledgement("parser", "known", TODAY);
    List<Verdict> verdicts =
        List.of(verdict("parser", VerdictKind.REGRESSED), verdict("lexer", VerdictKind.MISSING));
    GateDecision decision =
        GateDecision.of(verdicts, List.of(), GatePolicy.DEFAULT, List.of(word), TODAY);
    assertEquals(3, decision.exitCode());
    assertEquals(1, decision.undecided().size());
    assertFalse(word.covers("lexer", TODAY));
  }

  @ParameterizedTest
  @CsvSource({
    // what the run gave, of which what stands first is of the damaged file; on_uncompared, exit
    // code
    "NEW PASS, 1, FAIL, 3",
    "NEW PASS, 0, FAIL, 3",
    "NEW NEW, 2, FAIL, 3",
    "NEW PASS, 1, PASS, 0",
    "PASS NEW, 1, FAIL, 0",
    "IMPROVED NEW, 2, FAIL, 0",
    "INCONCLUSIVE, 1, FAIL, 0",
    "PASS MISSING, 1, FAIL, 3",
    "PASS MISSING, 1, PASS, 0",
    "NEW REGRESSED, 1, FAIL, 1",
    "FAILED NEW, 1, FAIL, 1"
  })
  void whatWasNotReadOfAFileIsNoVerdictUnlessTheRestMakesUpForIt(
      String kinds, int ofDamagedFile, Consequence onUncompared, int exitCode) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String kind : kinds.split(" ")) {
      verdicts.add(verdict("b" + verdicts.size(), VerdictKind.valueOf(kind)));
    }
    DamagedResults file =
        new DamagedResults(
            "a.json:1: the rest of the file",
            verdicts.subList(0, ofDamagedFile).stream()
                .map(Verdict::series)
                .collect(Collectors.toSet()));
    GatePolicy policy =
        new GatePolicy(
            0.99,
            0.02,
            0.02,
            Consequence.PASS,
            Consequence.PASS,
            onUncompared,
            null,
            Consequence.PASS,
            List.of());
    GateDecision decision = GateDecision.of(verdicts, List.of(file), policy, List.of(), TODAY);
    assertEquals(exitCode, decision.exitCode());
    assertEquals(exitCode != 0, decision.damaged().equals(List.of(file)));
  }

  @Test
  void whatSomebodyHasAcceptedToBeMissingIsNotLost() {
    List<Verdict> verdicts =
        List.of(verdict("a", VerdictKind.PASS), verdict("gone", VerdictKind.MISSING));
    DamagedResults file = new DamagedResults("a.json", Set.of(verdicts.getFirst().series()));
    Acknowledgement word = new Acknowledgement("gone", "removed", TODAY);
    assertEquals(
        0,
        GateDecision.of(verdicts, List.of(file), GatePolicy.DEFAULT, List.of(word), TODAY)
            .exitCode());
  }

  @Test
  void aRuleOfABenchmarkWins() {
    List<BenchmarkRule> rules =
        List.of(
            new BenchmarkRule("fla*", null, null, null, null, Consequence.PASS),
            new BenchmarkRule("strict", null, null, null, Consequence.FAIL, null));
    GatePolicy policy = new GatePolicy(0.99, 0.02, Consequence.PASS, Consequence.FAIL, rules);
    assertEquals(
        0, GateDecision.of(List.of(verdict("flaky", VerdictKind.MISSING)), policy).exitCode());
    assertEquals(
        3,
        GateDecision.of(List.of(verdict("strict", VerdictKind.INCONCLUSIVE)), policy).exitCode());
    assertEquals(
        0, GateDecision.of(List.of(verdict("other", VerdictKind.INCONCLUSIVE)), policy).exitCode());
  }

  @Test
  void aPolicyOutOfRangeIsNamedWithARemedy() {
    for (double confidence : new double[] {0, 0.49, 1, 99, Double.NaN}) {
      Failure.Misuse misuse =
          assertThrows(
              Failure.Misuse.class,
              () ->
                  new GatePolicy(confidence, 0.02, Consequence.PASS, Consequence.FAIL, List.of()));
      assertTrue(given(misuse.getMessage()).contains("gate.confidence"), misuse.getMessage());
    }
    List<BenchmarkRule> rules = List.of(new BenchmarkRule("parser", null, -0.1, null, null, null));
    Failure.Misuse misuse =
        assertThrows(
            Failure.Misuse.class,
            () -> new GatePolicy(0.99, 0.02, Consequence.PASS, Consequence.FAIL, rules));
    assertTrue(given(misuse.getMessage()).contains("'parser'"), misuse.getMessage());
    assertThrows(Failure.Misuse.class, () -> Consequence.of("maybe"));
    assertEquals(Consequence.FAIL, Consequence.of("fail"));
    assertThrows(Failure.Misuse.class, () -> new Acknowledgement("parser", " ", TODAY));
  }
}
