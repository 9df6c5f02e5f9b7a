package dev.nightjar.gate.decision;

import static dev.nightjar.gate.decision.SeriesFixtures.given;
import static dev.nightjar.gate.decision.SeriesFixtures.heavyTailed;
import static dev.nightjar.gate.decision.SeriesFixtures.normal;
import static dev.nightjar.gate.decision.SeriesFixtures.repetitions;
import static dev.nightjar.gate.decision.SeriesFixtures.run;
import static dev.nightjar.gate.decision.SeriesFixtures.runs;
import static dev.nightjar.gate.decision.SeriesFixtures.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final long SEED = 20_261_123;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static Verdict judge(SeriesHistory history) {
    return Judge.judge(List.of(history), GatePolicy.DEFAULT).getFirst();
  }

  private Verdict judgeShift(double factor, Direction direction) {
    List<RunValues> earlier = runs(20, 0.1, normal(random, 0.003), normal(random, 0.01));
    RunValues current = run(20, repetitions(0.1 * factor, 0, normal(random, 0.01)));
    return judge(SeriesHistory.measured(series("parser", direction), earlier, current));
  }

  @Test
  void findsASlowdownAndNamesItsCommits() {
    Verdict verdict = judgeShift(1.2, Direction.LOWER_IS_BETTER);
    assertEquals(VerdictKind.REGRESSED, verdict.kind());
    assertEquals(0.2, given(verdict.effect()), 0.03);
    assertTrue(
        given(verdict.effectLow()) > 0.02 && given(verdict.effectLow()) < given(verdict.effect()));
    assertTrue(given(verdict.effectHigh()) > given(verdict.effect()));
    assertEquals(0.99, given(verdict.confidence()), 1e-9);
    assertEquals("commits 0000abd30000..0000abd40000", given(verdict.suspectedCause()));
  }

  @Test
  void takesTheSameShiftAsGoodWhereHigherIsBetter() {
    assertEquals(VerdictKind.IMPROVED, judgeShift(1.2, Direction.HIGHER_IS_BETTER).kind());
    assertEquals(VerdictKind.REGRESSED, judgeShift(0.8, Direction.HIGHER_IS_BETTER).kind());
    assertEquals(VerdictKind.IMPROVED, judgeShift(0.8, Direction.LOWER_IS_BETTER).kind());
  }

  @Test
  void passesWhatIsShownToBeTheSame() {
    List<RunValues> earlier = runs(20, 0.1, normal(random, 0.001), normal(random, 0.002));
    RunValues current = run(20, repetitions(0.1, 0, normal(random, 0.002)));
    Verdict verdict = judge(SeriesHistory.measured(series("parser"), earlier, current));
    assertEquals(VerdictKind.PASS, verdict.kind());
    assertTrue(given(verdict.effectLow()) >= -0.02 && given(verdict.effectHigh()) <= 0.02);
    assertNull(verdict.suspectedCause());
  }

  @Test
  void takesStartToStartDifferencesForWhatTheyAre() {
    // Within a run all repetitions agree to a tenth of a per cent, between runs they jump by 5 %.
    List<RunValues> earlier = runs(10, 0.1, normal(random, 0.05), normal(random, 0.001));
    RunValues current = run(10, repetitions(0.1, 0.07, normal(random, 0.001)));
    Verdict verdict = judge(SeriesHistory.measured(series("jvm"), earlier, current));
    assertEquals(VerdictKind.INCONCLUSIVE, verdict.kind(), verdict.evidence());
  }

  @Test
  void saysNewWithNothingToCompare() {
    Verdict verdict = judge(SeriesHistory.measured(series("fresh"), List.of(), run(0, 1)));
    assertEquals(VerdictKind.NEW, verdict.kind());
    assertNull(verdict.effect());
    assertNull(verdict.confidence());
  }

  @Test
  void saysMissingOnlyOfWhatIsExpected() {
    List<RunValues> earlier = List.of(run(0, 1));
    assertEquals(
        VerdictKind.MISSING, judge(SeriesHistory.absent(series("gone"), earlier, true)).kind());
    assertEquals(
        List.of(),
        Judge.judge(
            List.of(SeriesHistory.absent(series("retired"), earlier, false)), GatePolicy.DEFAULT));
  }

  @Test
  void keepsTheReasonOfAFailure() {
    Verdict verdict =
        judge(SeriesHistory.failed(series("broken"), List.of(run(0, 1)), "exit status 134"));
    assertEquals(VerdictKind.FAILED, verdict.kind());
    assertEquals("exit status 134", verdict.evidence());
  }

  @Test
  void isHonestAboutTooFewRuns() {
    Verdict one = judge(SeriesHistory.measured(series("a"), List.of(run(0, 1)), run(1, 3)));
    assertEquals(VerdictKind.INCONCLUSIVE, one.kind());
    assertEquals(2.0, given(one.effect()), 1e-12);
    assertNull(one.effectLow());
    assertNull(one.confidence());
    assertTrue(one.evidence().contains("one earlier run"), one.evidence());
    assertTrue(one.evidence().endsWith("(1 of 5 runs)"), one.evidence());
    List<RunValues> two = List.of(run(0, 1.00), run(1, 1.01));
    Verdict verdict = judge(SeriesHistory.measured(series("a"), two, run(2, 1.05)));
    assertEquals(VerdictKind.INCONCLUSIVE, verdict.kind());
    assertNotNull(verdict.effectHigh());
  }

  @Test
  void givesNoRelativeEffectAgainstZero() {
    List<RunValues> earlier = List.of(run(0, 0), run(1, 0), run(2, 0));
    Verdict verdict = judge(SeriesHistory.measured(series("errors"), earlier, run(3, 5)));
    assertEquals(VerdictKind.INCONCLUSIVE, verdict.kind());
    assertTrue(verdict.evidence().contains("zero"));
  }

  private static Series counted(String unit, Direction direction) {
    return new Series(
        new Benchmark("parse", null, "cost", unit, direction), new TreeMap<>(), Device.CPU);
  }

  @Test
  void aCountThatWasAlwaysZeroAndIsNotRegresses() {
    List<RunValues> earlier = List.of(run(0, 0, 0), run(1, 0, 0), run(2, 0, 0), run(3, 0, 0));
    Verdict verdict =
        judge(
            SeriesHistory.measured(
                counted("{allocation}", Direction.LOWER_IS_BETTER), earlier, run(4, 3, 3)));
    assertEquals(VerdictKind.REGRESSED, verdict.kind());
    assertNull(verdict.effect());
    assertEquals("4 runs up to 0000abc30000", given(verdict.baseline()));
    assertEquals("commits 0000abc30000..0000abc40000", given(verdict.suspectedCause()));
    assertTrue(verdict.evidence().startsWith("0 -> 3 "), verdict.evidence());
  }

  @ParameterizedTest
  @CsvSource({
    // unit, direction, earlier runs (values by space), present values, verdict
    "{allocation}, lower, 0;0;0;0, 1, REGRESSED",
    "1, lower, 0;0;0;0, 7, REGRESSED",
    "By, lower, 0;0;0;0, 16, REGRESSED",
    "{allocation}, lower, 5;5;5;5;5;5;5;5;0;0;0;0, 3, REGRESSED",
    // fewer runs do not tell that it is always zero
    "{allocation}, lower, 0;0;0, 3, INCONCLUSIVE",
    // it was not always zero, or is not always more
    "{allocation}, lower, 0;0;1;0;0, 3, INCONCLUSIVE",
    "{allocation}, lower, 0;0 0 1;0;0, 3, INCONCLUSIVE",
    "{allocation}, lower, 0;0;0;0, 3 0 3, INCONCLUSIVE",
    "{allocation}, lower, 0;0;0;0, 0 3 0, INCONCLUSIVE",
    // less than a word is what a whole run took, divided by its repetitions
    "By, lower, 0;0;0;0, 1, INCONCLUSIVE",
    // shares, times and rates near zero are no counts
    "1, lower, 0;0;0;0, 0.001, INCONCLUSIVE",
    "1, lower, 0;0;0;0, 2.5, INCONCLUSIVE",
    "s, lower, 0;0;0;0, 1, INCONCLUSIVE",
    "s, lower, 0;0;0;0, 0.001, INCONCLUSIVE",
    "%, lower, 0;0;0;0, 1, INCONCLUSIVE",
    "{error}/s, lower, 0;0;0;0, 2, INCONCLUSIVE",
    "W, lower, 0;0;0;0, 2, INCONCLUSIVE",
    "{p99-ns}, lower, 0;0;0;0, 3, INCONCLUSIVE",
    "{retries_per_second}, lower, 0;0;0;0, 3, INCONCLUSIVE",
    // nothing, as before
    "{allocation}, lower, 0;0, 0 0, PASS",
    "1, higher, 0;0;0;0, 0, PASS",
    "{allocation}, lower, 0, 0, INCONCLUSIVE",
    "{allocation}, lower, 0;0;1, 0, INCONCLUSIVE",
    "s, lower, 0;0;0;0, 0, INCONCLUSIVE",
    // more of what is good, and less than nothing
    "1, higher, 0;0;0;0, 3, INCONCLUSIVE",
    "1, lower, 0;0;0;0, -3, INCONCLUSIVE",
  })
  void whatChangesFromZero(
      String unit, String direction, String earlier, String present, VerdictKind expected) {
    List<RunValues> runs = new ArrayList<>();
    for (String values : earlier.split(";")) {
      runs.add(run(runs.size(), numbers(values)));
    }
    Direction better =
        direction.equals("lower") ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER;
    Verdict verdict =
        judge(
            SeriesHistory.measured(
                counted(unit, better), runs, run(runs.size(), numbers(present))));
    assertEquals(expected, verdict.kind(), verdict.evidence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // unit, direction or "assumed", earlier runs, present values, what the sentence says
        "{allocation} | lower | 0 | 3 | 1 earlier run was exactly zero, and 4 tell that it always"
            + " is",
        "{allocation} | lower | 0;0;0 | 3 | 3 earlier runs were exactly zero",
        "1 | assumed | 0;0;0;0 | 3 | nobody says which way is better",
        "1 | assumed | 0 | 3 | nobody says which way is better",
        "1 | higher | 0;0;0;0 | 3 | higher is better, so it did not get worse",
        "By | lower | 0;0;0;0 | 7 | fewer than 8 bytes",
        "By | lower | 0;0;0;0 | 1 | more repetitions decide",
        "{allocation} | lower | 0;0;1;0;0 | 3 | so it comes and goes",
        "{allocation} | lower | 0;0;0;0 | 3 0 3 | not every value of this run",
        "1 | lower | 0;0;0;0 | 2.5 | not every value of this run",
        "s | lower | 0;0;0;0 | 1 | near zero a time, a share or a rate",
        "{error}/s | lower | 0;0;0;0 | 2 | near zero a time, a share or a rate",
        "1 | lower | 0 | 0 | it is zero as in the one earlier run"
      })
  void whatIsOpenFromZeroSaysWhatWouldDecideIt(
      String unit, String direction, String earlier, String present, String said) {
    Verdict verdict = judge(fromZero(unit, direction, earlier, present));
    assertEquals(VerdictKind.INCONCLUSIVE, verdict.kind(), verdict.evidence());
    assertTrue(verdict.evidence().startsWith("the baseline is zero"), verdict.evidence());
    assertTrue(verdict.evidence().contains(said), verdict.evidence());
  }

  private static SeriesHistory fromZero(
      String unit, String direction, String earlier, String present) {
    List<RunValues> runs = new ArrayList<>();
    for (String values : earlier.split(";")) {
      runs.add(run(runs.size(), numbers(values)));
    }
    Direction better =
        direction.equals("higher") ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    SeriesHistory history =
        SeriesHistory.measured(counted(unit, better), runs, run(runs.size(), numbers(present)));
    return direction.equals("assumed") ? history.withAssumedDirection() : history;
  }

  @Test
  void aRuleThatSaysTheDirectionDecidesAChangeFromZero() {
    List<BenchmarkRule> rules =
        List.of(new BenchmarkRule("parse", null, null, Direction.LOWER_IS_BETTER, null, null));
    GatePolicy policy = new GatePolicy(0.99, 0.02, Consequence.PASS, Consequence.FAIL, rules);
    Verdict verdict =
        Judge.judge(List.of(fromZero("1", "assumed", "0;0;0;0", "3")), policy).getFirst();
    assertEquals(VerdictKind.REGRESSED, verdict.kind(), verdict.evidence());
  }

  @Test
  void belowZeroAChangeIsAShareOfTheBaselinesSize() {
    List<RunValues> earlier = List.of(run(0, -2), run(1, -2), run(2, -2), run(3, -2));
    Verdict verdict =
        judge(SeriesHistory.measured(counted("1", Direction.LOWER_IS_BETTER), earlier, run(4, 3)));
    assertEquals(VerdictKind.REGRESSED, verdict.kind(), verdict.evidence());
    assertEquals(2.5, given(verdict.effect()), 1e-9);
  }

  private static double[] numbers(String values) {
    return Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void comparesNegativeValuesByDifference() {
    List<RunValues> earlier = runs(12, -10, normal(random, 0.001), normal(random, 0.001));
    Verdict verdict = judge(SeriesHistory.measured(series("margin"), earlier, run(12, -5.0)));
    assertEquals(VerdictKind.REGRESSED, verdict.kind());
    assertEquals(0.5, given(verdict.effect()), 0.01);
  }

  @Test
  void oneBadNightInThePastDoesNotBlindIt() {
    List<RunValues> earlier =
        new ArrayList<>(runs(20, 0.1, normal(random, 0.003), normal(random, 0.003)));
    earlier.set(7, run(7, 0.9));
    RunValues current = run(20, repetitions(0.12, 0, normal(random, 0.003)));
    Verdict verdict = judge(SeriesHistory.measured(series("parser"), earlier, current));
    assertEquals(VerdictKind.REGRESSED, verdict.kind(), verdict.evidence());
  }

  @Test
  void suspectsTheMachineWhenTheCommitIsTheSameOrEverythingMoved() {
    List<SeriesHistory> histories = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      List<RunValues> earlier = runs(20, 0.1, normal(random, 0.002), normal(random, 0.002));
      histories.add(SeriesHistory.measured(series("b" + i), earlier, run(20, 0.15)));
    }
    for (Verdict verdict : Judge.judge(histories, GatePolicy.DEFAULT)) {
      assertEquals(VerdictKind.REGRESSED, verdict.kind());
      assertTrue(
          given(verdict.suspectedCause()).contains("10 of 10 series"),
          given(verdict.suspectedCause()));
    }
    List<RunValues> earlier = runs(20, 0.1, normal(random, 0.002), normal(random, 0.002));
    RunValues again =
        RunValues.undisturbed(
            run(20, 1).runId(), earlier.getLast().headCommit(), run(20, 1).startedAt(), 0.15);
    Verdict verdict = judge(SeriesHistory.measured(series("same"), earlier, again));
    assertTrue(
        given(verdict.suspectedCause()).startsWith("the machine"), given(verdict.suspectedCause()));
  }

  @Test
  void whatComesAndGoesWithinTheRunIsNoRegression() {
    List<RunValues> earlier = runs(20, 0.1, normal(random, 0.003), normal(random, 0.003));
    double[] values = new double[20];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i < 15 ? 0.3 : 0.1) * (1 + 0.003 * random.nextGaussian());
    }
    Verdict verdict = judge(SeriesHistory.measured(series("parser"), earlier, run(20, values)));
    assertEquals(VerdictKind.INCONCLUSIVE, verdict.kind());
    assertTrue(verdict.evidence().contains("came and went within the run"), verdict.evidence());
  }

  @Test
  void comparesWithWhatCameSinceTheLastStep() {
    List<RunValues> earlier =
        new ArrayList<>(runs(12, 0.2, normal(random, 0.003), normal(random, 0.003)));
    for (int night = 12; night < 24; night++) {
      earlier.add(
          run(night, repetitions(0.1, normal(random, 0.003).getAsDouble(), normal(random, 0.003))));
    }
    RunValues back = run(24, repetitions(0.12, 0, normal(random, 0.003)));
    Verdict verdict = judge(SeriesHistory.measured(series("parser"), earlier, back));
    assertEquals(VerdictKind.REGRESSED, verdict.kind(), verdict.evidence());
    String baseline = given(verdict.baseline());
    assertTrue(
        baseline.matches("1[12] runs up to \\S+, since a step of -\\d+.\\d % at .*"), baseline);
  }

  @Test
  void followsTheRuleOfABenchmark() {
    List<BenchmarkRule> rules =
        List.of(new BenchmarkRule("parser", null, 0.5, Direction.HIGHER_IS_BETTER, null, null));
    GatePolicy policy = new GatePolicy(0.99, 0.02, Consequence.PASS, Consequence.FAIL, rules);
    List<RunValues> earlier = runs(20, 0.1, normal(random, 0.003), normal(random, 0.003));
    Verdict tolerated =
        Judge.judge(
                List.of(SeriesHistory.measured(series("parser"), earlier, run(20, 0.12))), policy)
            .getFirst();
    assertEquals(VerdictKind.PASS, tolerated.kind(), tolerated.evidence());
    Verdict turned =
        Judge.judge(
                List.of(SeriesHistory.measured(series("parser"), earlier, run(20, 0.3))), policy)
            .getFirst();
    assertEquals(VerdictKind.IMPROVED, turned.kind());
  }

  @Test
  void isTheSameToTheBitEveryTime() {
    List<RunValues> earlier = runs(15, 0.1, normal(random, 0.01), normal(random, 0.01));
    SeriesHistory history = SeriesHistory.measured(series("p"), earlier, run(15, 0.11));
    assertEquals(judge(history), judge(history));
  }

  @Test
  void aRunOfAHundredUnchangedSeriesIsHardlyEverRed() {
    hardlyEverRed(300, 12);
  }

  @Test
  void aLongHistoryOfTheSameIsHardlyEverRed() {
    hardlyEverRed(100, 50);
  }

  private void hardlyEverRed(int runs, int earlier) {
    int red = 0;
    for (int r = 0; r < runs; r++) {
      List<SeriesHistory> histories = new ArrayList<>();
      for (int s = 0; s < 100; s++) {
        List<RunValues> all = runs(earlier + 1, 1, heavyTailed(random, 0.03), normal(random, 0.02));
        histories.add(
            SeriesHistory.measured(series("b" + s), all.subList(0, earlier), all.getLast()));
      }
      List<Verdict> verdicts = Judge.judge(histories, GatePolicy.DEFAULT);
      red += GateDecision.of(verdicts, GatePolicy.DEFAULT).exitCode() == GateDecision.FOUND ? 1 : 0;
    }
    System.out.println("null runs red: " + red + " of " + runs + ", seed " + SEED);
    // At the stated 1 %, 3 of 300 are expected: more than three times that is hardly chance.
    assertTrue(red <= 9, red + " of " + runs + " null runs are red, seed " + SEED);
  }
}
