package dev.nightjar.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunChecksTest {
  private static final Instant NIGHT = Instant.parse("2026-11-24T02:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, LIVE, 7, 7 h ago",
    "RUNNING, LIVE, 0, 0 h ago",
    "FAILED, PROBLEM, 47, 47 h ago",
    "ABANDONED, PROBLEM, 72, 3 days ago",
  })
  void aRunThatDidNotCompleteIsAProblem(
      RunState state, Finding.State expected, int hours, String told) {
    Run run = new Run(UUID.randomUUID(), "nightly", 1, 1, null, null, state, NIGHT, null, "1");
    Finding finding = RunChecks.finding(run, NIGHT.plusSeconds(hours * 3600L + 60));
    assertEquals(expected, finding.state());
    assertTrue(finding.detail().endsWith(told), finding.detail());
    assertTrue(finding.detail().contains(state.word()), finding.detail());
  }
}
