package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterleavedRunnerTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  private Path base;
  private Path head;
  private final Pairs pairs = new Pairs();

  /** Writes down what it is told; the fourth pair is enough. */
  private static final class Pairs implements InterleavedRunner.PairObserver {
    final List<Integer> done = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    int enough = 4;
    int fewest = 1;
    boolean isTogether;
    boolean parts = true;

    @Override
    public boolean pairDone(int pair, List<Sample> ofBase, List<Sample> ofHead) {
      assertEquals(1, ofBase.size());
      assertEquals(1, ofHead.size());
      done.add(pair);
      return done.size() == enough;
    }

    @Override
    public int fewestPairs() {
      return fewest;
    }

    @Override
    public Placement placement(int pair) {
      return new Placement(null, isTogether);
    }

    @Override
    public boolean togetherFailed(FailedRun failure) {
      failed.add(failure.side() + " " + failure.reason());
      isTogether &= !parts;
      return parts;
    }

    @Override
    public void skipped(Skip skip) {
      throw new AssertionError(skip.toString());
    }

    @Override
    public void failed(Side side, String benchmark, String reason) {
      failed.add(side + " " + benchmark + " " + reason);
    }
  }

  @BeforeEach
  void makeTwoVersions() throws IOException {
    base = Files.createDirectory(folder.resolve("base"));
    head = Files.createDirectory(folder.resolve("head"));
  }

  private InterleavedOutcome run(BenchmarkDefinition.Builder definition, Duration budget)
      throws InterruptedException {
    return InterleavedRunner.run(definition.build(), base, head, 0, 100, budget, pairs);
  }

  /** A command that counts its runs of each version in a file, and does so much with the count. */
  private static BenchmarkDefinition.Builder counting(String then) {
    return BenchmarkDefinition.named("counting")
        .command("n=$(cat n || echo 0); echo $((n+1)) >n; basename $PWD >>../log; " + then)
        .warmups(0);
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log")).strip().replace('\n', ' ');
  }

  @Test
  void turnsTheOrderRoundFromPairToPair() throws Exception {
    InterleavedOutcome outcome =
        run(
            BenchmarkDefinition.named("ab")
                .setup("echo setup >> ../log")
                .command("basename $PWD >> ../log")
                .warmups(1),
            LONG);
    assertEquals(new InterleavedOutcome(4, List.of(), null), outcome);
    assertEquals(List.of(0, 1, 2, 3), pairs.done);
    assertEquals("setup base base setup head head head base base head head base", log());
  }

  /** Ends when the other version's run has begun as well, and fails when it does not. */
  private static BenchmarkDefinition.Builder meeting(String otherwise) {
    return counting(
        "[ $n = 0 ] && exit 0; me=$(basename $PWD); >../$me.$n;"
            + " if [ $me = base ]; then you=head; else you=base; fi;"
            + " for i in $(seq 50); do [ -e ../$you.$n ] && exit 0; sleep 0.1; done; "
            + otherwise);
  }

  @Test
  void aPairIsRunTogetherButForTheFirst() throws Exception {
    pairs.isTogether = true;
    InterleavedOutcome outcome = run(meeting("exit 9"), LONG);
    assertEquals(new InterleavedOutcome(4, List.of(), null), outcome);
    assertEquals(List.of(), pairs.failed);
  }

  @Test
  void twoThatAreInEachOthersWayAreRunInTurnsThenAndHaveNotFailed() throws Exception {
    pairs.isTogether = true;
    InterleavedOutcome outcome =
        run(
            counting("[ $n = 0 ] && exit 0; mkdir ../lock || exit 8; sleep 0.5; rmdir ../lock"),
            LONG);
    assertEquals(new InterleavedOutcome(4, List.of(), null), outcome);
    assertEquals(1, pairs.failed.size());
    assertTrue(pairs.failed.getFirst().contains("exited with 8"), pairs.failed.toString());
  }

  @Test
  void aFlakeOfTwoThatCanRunTogetherTakesItsPair() throws Exception {
    pairs.isTogether = true;
    pairs.parts = false;
    InterleavedOutcome outcome =
        run(counting("[ $(basename $PWD) = head ] && [ $n = 2 ] && exit 7; true"), LONG);
    assertNull(outcome.ending());
    assertEquals(List.of(0, 1, 2, 3), pairs.done);
    assertEquals(1, outcome.failuresOf(Side.HEAD));
  }

  @Test
  void twoThatFailTogetherEndAfterThreeTries() throws Exception {
    pairs.isTogether = true;
    pairs.parts = false;
    InterleavedOutcome outcome = run(counting("[ $n -ge 2 ] && exit 7; true"), LONG);
    assertEquals(2, outcome.pairs());
    assertEquals(3, outcome.failures().size());
  }

  @Test
  void anInterruptEndsBothAtOnce() throws Exception {
    pairs.isTogether = true;
    List<Boolean> interrupted = new ArrayList<>();
    Thread runner =
        Thread.ofPlatform()
            .start(() -> {
              try {
                run(counting("[ $n = 0 ] && exit 0; sleep 300"), LONG);
              } catch (InterruptedException e) {
                interrupted.add(true);
              }
            });
    for (int i = 0; i < 300 && lines() < 4; i++) {
      Thread.sleep(100);
    }
    runner.interrupt();
    assertTrue(runner.join(LONG));
    assertEquals(List.of(true), interrupted);
  }

  private int lines() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void goesOnFromThePairsOfAnEarlierCallWithItsSetUpDoneAnew() throws Exception {
    InterleavedRunner.run(
        counting("true").setup("echo setup >>../log").build(), base, head, 7, 9, LONG, pairs);
    assertEquals(List.of(7, 8), pairs.done);
    assertEquals("setup head setup base base head", log());
  }

  @Test
  void aFlakeTakesItsWholePairWhichIsMeasuredAgainInTheSameOrder() throws Exception {
    InterleavedOutcome outcome =
        run(counting("[ $(basename $PWD) = head ] && [ $n = 1 ] && exit 7; true"), LONG);
    assertNull(outcome.ending());
    assertEquals(4, outcome.pairs());
    assertEquals(1, outcome.failures().size());
    FailedRun flake = outcome.failures().getFirst();
    assertEquals(Side.HEAD, flake.side());
    assertEquals(1, flake.pair());
    assertEquals("it exited with 7", flake.reason());
    assertEquals(List.of(0, 1, 2, 3), pairs.done);
    // Pair 1 begins with the head: its base is never run without a partner.
    assertEquals("base head head head base base head head base", log());
  }

  @Test
  void whatTheOtherVersionGaveInAFailedPairIsLeftOut() throws Exception {
    run(counting("[ $(basename $PWD) = base ] && [ $n = 1 ] && exit 7; true"), LONG);
    assertEquals(List.of(0, 1, 2, 3), pairs.done);
    assertEquals("base head head base head base base head head base", log());
  }

  @ParameterizedTest(name = "{0} fails from run {1} on: {2} pairs")
  @CsvSource({"base, 0, 0", "head, 0, 0", "base, 3, 3", "head, 2, 2"})
  void threeFailuresInARowEndItAndThePairsBeforeStand(String side, int from, int measured)
      throws Exception {
    InterleavedOutcome outcome =
        run(
            counting(
                "[ $(basename $PWD) = %s ] && [ $n -ge %d ] && exit 3; true".formatted(side, from)),
            LONG);
    FailedRun ending = given(outcome.ending());
    assertEquals(Side.valueOf(side.toUpperCase(Locale.ROOT)), ending.side());
    assertEquals(measured, outcome.pairs());
    assertEquals(measured, pairs.done.size());
    assertEquals(3, outcome.failuresOf(ending.side()));
    assertEquals(End.FAILED, ending.outcome().end());
  }

  private static FailedRun given(@Nullable FailedRun ending) {
    return Objects.requireNonNull(ending);
  }

  @Test
  void aHeadThatFailsIsFoundThoughTheBaseFailsToo() throws Exception {
    InterleavedOutcome outcome = run(counting("exit 3"), LONG);
    assertEquals(Side.HEAD, given(outcome.ending()).side());
  }

  @Test
  void oneThatFailsTooOftenIsNoFlake() throws Exception {
    pairs.enough = 50;
    InterleavedOutcome outcome =
        run(counting("[ $(basename $PWD) = head ] && [ $((n % 4)) = 3 ] && exit 3; true"), LONG);
    assertEquals(Side.HEAD, given(outcome.ending()).side());
    assertEquals(3, outcome.failuresOf(Side.HEAD));
    assertTrue(outcome.pairs() >= 8, outcome.toString());
  }

  @Test
  void whoIgnoresFailuresGoesOn() throws Exception {
    pairs.enough = 12;
    InterleavedOutcome outcome =
        run(
            counting("[ $(basename $PWD) = head ] && [ $((n % 3)) = 2 ] && exit 3; true")
                .onFailure(OnFailure.IGNORE),
            LONG);
    assertNull(outcome.ending());
    assertEquals(12, outcome.pairs());
    assertTrue(outcome.failuresOf(Side.HEAD) >= 4, outcome.toString());
  }

  @Test
  void theFewestPairsAreMeasuredThoughTheBudgetIsSpent() throws Exception {
    pairs.enough = 100;
    pairs.fewest = 3;
    assertEquals(3, run(counting("true"), Duration.ofNanos(1)).pairs());
  }

  @Test
  void whatAResultFileCallsAFailureIsToldOfItsVersion() throws Exception {
    pairs.enough = 1;
    String text = "{\"context\": {}, \"benchmarks\": [{\"name\": \"a\", \"real_time\": 5.25}%s]}";
    String broken = ", {\"name\": \"b\", \"error_occurred\": true, \"error_message\": \"no\"}";
    Files.writeString(base.resolve("google.json"), text.formatted(broken));
    Files.writeString(head.resolve("google.json"), text.formatted(""));
    run(
        BenchmarkDefinition.named("suite")
            .command("cp google.json out.json")
            .warmups(0)
            .results("out.json"),
        LONG);
    assertEquals(1, pairs.failed.size());
    assertTrue(pairs.failed.getFirst().startsWith("BASE suite/b no"), pairs.failed.toString());
  }
}
