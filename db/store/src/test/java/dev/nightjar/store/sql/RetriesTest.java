package dev.nightjar.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
  private int calls;

  private Retries.Attempt<String> failing(int times, String state) {
    return () -> {
      if (calls++ < times) {
        throw new SQLException("no", state);
      }
      return "done";
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "40003"})
  void whatLostAgainstAnotherTransactionIsTriedAgain(String state) throws SQLException {
    assertEquals("done", new Retries(Duration.ZERO, () -> {}).of(failing(5, state)));
    assertEquals(6, calls);
  }

  @Test
  void whatLosesForEverIsToldInTheEnd() {
    assertThrows(
        SQLException.class,
        () -> new Retries(Duration.ZERO, () -> {}).of(failing(Integer.MAX_VALUE, "40001")));
    assertEquals(12, calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "53300"})
  void aServerThatIsAwayIsWaitedForByThosePatientOnly(String state) throws SQLException {
    assertEquals("done", new Retries(Duration.ofMinutes(1), () -> {}).of(failing(3, state)));
    calls = 0;
    assertThrows(
        SQLException.class, () -> new Retries(Duration.ZERO, () -> {}).of(failing(3, state)));
    assertEquals(1, calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42501", "53100", "NJ001", "57014", ""})
  void whatWillNotChangeIsNotTriedAgain(String state) {
    SQLException failure = new SQLException("no", state);
    SQLException thrown =
        assertThrows(
            SQLException.class,
            () ->
                new Retries(Duration.ofMinutes(1), () -> {})
                    .of(() -> {
                      calls++;
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(1, calls);
  }

  /** Else each of a hundred calls would wait anew for a server that does not come back. */
  @Test
  void patienceIsSpentOnceAndComesBackWithAnAnswer() throws SQLException {
    Retries retries = new Retries(Duration.ofMillis(300), () -> {});
    assertThrows(SQLException.class, () -> retries.of(failing(Integer.MAX_VALUE, "08006")));
    assertTrue(retries.isGivenUp());
    calls = 0;
    assertThrows(SQLException.class, () -> retries.of(failing(Integer.MAX_VALUE, "08006")));
    assertEquals(1, calls);
    calls = 0;
    assertEquals("done", retries.of(failing(0, "08006")));
    assertFalse(retries.isGivenUp());
    assertEquals("done", retries.of(failing(2, "08006")));
  }

  @Test
  void whoHasGivenUpWaitsForNothingMore() throws SQLException {
    Retries retries = new Retries(Duration.ofMinutes(1), () -> {});
    assertEquals("done", retries.of(failing(0, "08006")));
    assertFalse(retries.isGivenUp());
    retries.giveUp();
    calls = 0;
    assertThrows(SQLException.class, () -> retries.of(failing(Integer.MAX_VALUE, "08006")));
    assertEquals(1, calls);
    assertTrue(retries.isGivenUp());
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();
    assertThrows(
        SQLException.class,
        () -> new Retries(Duration.ofMinutes(1), () -> {}).of(failing(Integer.MAX_VALUE, "08006")));
    assertTrue(Thread.interrupted());
    assertEquals(1, calls);
  }
}
