package dev.nightjar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunStateTest {
  /** The whole table: from the left to what stands behind the arrow. */
  @Test
  void endsAreFinalAndOnlyAFailureIsGoneOnWith() {
    assertEquals(
        """
        RUNNING -> RUNNING COMPLETED FAILED ABANDONED
        COMPLETED -> COMPLETED
        FAILED -> RUNNING FAILED ABANDONED
        ABANDONED -> ABANDONED
        """,
        Arrays.stream(RunState.values())
            .map(from -> from + " -> " + next(from) + "\n")
            .collect(Collectors.joining()));
  }

  private static String next(RunState from) {
    return Arrays.stream(RunState.values())
        .filter(to -> to.mayFollow().contains(from))
        .map(RunState::name)
        .collect(Collectors.joining(" "));
  }
}
