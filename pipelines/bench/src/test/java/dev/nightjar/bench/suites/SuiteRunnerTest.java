package dev.nightjar.bench.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.StoppingRule;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteRunnerTest {
  private static final StoppingRule FIVE = StoppingRule.exactly(5);

  private final List<Sample> samples = new ArrayList<>();
  private final RunObserver observer =
      new RunObserver() {
        @Override
        public void repetitionDone(int repetition, List<Sample> done) {
          samples.addAll(done);
        }

        @Override
        public void skipped(Skip skip) {
          throw new AssertionError(skip.toString());
        }
      };

  private BenchmarkOutcome run(SuiteCase one, int workers) throws InterruptedException {
    return SuiteRunner.run(
        one, observer, SuiteRunner.repetitions(workers, List.copyOf(samples)), null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "chatter"})
  void everyMeasureOfEveryRepetitionButTheWarmUpsIsASample(String does)
      throws InterruptedException {
    assertEquals(End.COMPLETED, run(OddSuite.doing(does, FIVE), 1).end());
    List<Sample> slept =
        samples.stream().filter(s -> s.series().benchmark().name().equals("sleep")).toList();
    assertEquals(List.of(0, 1, 2, 3, 4), slept.stream().map(Sample::ordinal).toList());
    assertEquals(10, samples.size());
    for (Sample sample : slept) {
      assertEquals(sample.wallNanos() / 1e9 / 10, sample.value(), 1e-12);
      assertTrue(sample.value() >= 0.0002, () -> "a sleep of 2 ms took " + sample.wallNanos());
      assertEquals(Device.of("cuda:1 Some GPU"), sample.series().device());
      assertEquals(Direction.LOWER_IS_BETTER, sample.series().benchmark().direction());
    }
    Sample counted = samples.getLast();
    assertEquals(Direction.HIGHER_IS_BETTER, counted.series().benchmark().direction());
    assertEquals(50 / (counted.wallNanos() / 1e9), counted.value(), 1e-6);
  }

  @Test
  void aFurtherRunOfTheWorkerAddsToWhatIsStored() throws InterruptedException {
    SuiteCase one = OddSuite.doing("nothing", FIVE);
    assertEquals(1, run(one, 1).repetitionsDone());
    assertEquals(0, run(one, 1).repetitionsDone());
    assertEquals(1, run(one, 2).repetitionsDone());
    assertEquals(20, samples.size());
    assertEquals(20, samples.stream().map(s -> s.series() + " " + s.ordinal()).distinct().count());
  }

  @Test
  void theStoppingRuleHoldsInTheWorker() throws InterruptedException {
    Duration budget = Duration.ofMillis(40);
    SuiteCase one = OddSuite.doing("nothing", new StoppingRule(1e-9, 0.95, 3, 5000, budget));
    assertEquals(End.COMPLETED, run(one, 1).end());
    long spent = samples.stream().mapToLong(Sample::wallNanos).sum();
    int repetitions = samples.size() / 2;
    assertTrue(repetitions >= 3 && repetitions <= 20, () -> repetitions + " repetitions");
    assertTrue(spent >= budget.toNanos(), () -> repetitions + " took " + spent + " ns");
  }

  @ParameterizedTest
  @CsvSource({
    "err, FAILED, a sum is wrong by 14",
    "refuse, FAILED, the driver is too old for cuda:1 Some GPU",
    "die, FAILED, ''",
    "hang, TIMED_OUT, ''",
  })
  void aWorkerThatFailsHasMeasuredNothing(String does, End end, String told)
      throws InterruptedException {
    BenchmarkOutcome outcome = run(OddSuite.doing(does, FIVE), 1);
    assertEquals(end, outcome.end());
    assertTrue(outcome.outputTail().contains(told), outcome::toString);
    assertEquals(List.of(), samples);
  }

  @Test
  void aCaseThatDoesNotFitIsLeftOutWithTheReason() {
    assertEquals(
        "it takes 832 MiB, and of the memory this process may use only 900 MiB are available",
        SuiteRunner.misfit(832L << 20, OptionalLong.of(900L << 20)));
    assertNull(SuiteRunner.misfit(832L << 20, OptionalLong.of(1100L << 20)));
    assertNull(SuiteRunner.misfit(832L << 20, OptionalLong.empty()));
  }

  @Test
  void aLineThatIsNoWorkersIsNotRead() {
    assertTrue(WorkerLine.of("a library says hello, 1 2 3 4 5 6 7 8 9").isEmpty());
    assertTrue(WorkerLine.of("1 2 3 4 5 6 7 8").isEmpty());
    assertTrue(WorkerLine.of("1 2 3 4 x 6 7 8 9").isEmpty());
    WorkerLine line = WorkerLine.of("1 2 3 4 null 6 null 8 9").orElseThrow();
    assertEquals(line, WorkerLine.of(line.text()).orElseThrow());
  }
}
