package dev.nightjar.kernel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedSourceTest {
  private int calls;
  private int failingCalls;

  /** Fails in its first calls, and closes badly. */
  private final TelemetrySource source =
      new TelemetrySource() {
        @Override
        public void sample(long epochMillis) {
          if (calls++ < failingCalls) {
            if (calls % 2 == 0) {
              throw new StackOverflowError();
            }
            throw new IndexOutOfBoundsException("a line is cut");
          }
        }

        @Override
        public void close() {
          if (failingCalls > 0) {
            throw new IllegalStateException("closed already");
          }
        }
      };

  private final GuardedSource guarded = new GuardedSource("disks", source);

  @Test
  void oneThatWorksIsReadEveryTime() {
    for (int i = 0; i < 100; i++) {
      guarded.sample(i);
    }
    guarded.close();
    assertEquals(100, calls);
    assertEquals(Optional.empty(), guarded.missed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void oneThatFailsIsTriedAgainAndReadOnceItWorks(int failures) {
    failingCalls = failures;
    for (int i = 0; i < 200; i++) {
      guarded.sample(i);
    }
    assertTrue(calls > 100, calls + " readings: it was not taken up again");
    Skip missed = guarded.missed().orElseThrow();
    assertEquals("disks", missed.subject());
    assertTrue(missed.reason().contains(failures + " times"), missed::reason);
    guarded.close();
  }

  @Test
  void oneThatIsDeadCostsLittle() {
    failingCalls = Integer.MAX_VALUE;
    for (int i = 0; i < 36_000; i++) { // an hour
      guarded.sample(i);
    }
    assertTrue(calls < 100, calls + " attempts");
  }
}
