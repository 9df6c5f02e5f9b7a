package dev.nightjar.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleChecksTest {
  /** As systemd 252 lists them. */
  private static final String TIMERS =
      """
      [{"next":1795572000000000,"left":1795572000000000,"last":1795485603000000,"passed":86000000,
        "unit":"nightjar@srv-project.timer","activates":"nightjar@srv-project.service"},
       {"next":0,"left":0,"last":0,"passed":0,
        "unit":"nightjar@srv-other.timer","activates":"nightjar@srv-other.service"}]\
      """;

  @Test
  void aTimerTellsItsNextAndItsLastRun() {
    Finding finding = ScheduleChecks.timers(Optional.of(TIMERS)).getFirst();
    assertEquals(Finding.State.LIVE, finding.state());
    assertEquals(
        "nightjar@srv-project.timer runs next 2026-11-25T02:00:00Z, last 2026-11-24T02:00:03Z",
        finding.detail());
  }

  @Test
  void aTimerThatIsNotToRunAgainIsAProblem() {
    Finding finding = ScheduleChecks.timers(Optional.of(TIMERS)).getLast();
    assertEquals(Finding.State.PROBLEM, finding.state());
    assertTrue(finding.remedy().contains("start nightjar@srv-other.timer"), finding.remedy());
  }

  @Test
  void noTimersAndNoSystemdAreNone() {
    for (Optional<String> answer :
        List.of(Optional.<String>empty(), Optional.of("[]"), Optional.of("0 timers listed."))) {
      assertEquals(List.of(), ScheduleChecks.timers(answer));
    }
  }

  @Test
  void aUserWhoseTimersEndWithItsSessionIsToldHowTheyGoOn() {
    assertTrue(
        ScheduleChecks.lingering(Optional.of("Linger=no"))
            .orElseThrow()
            .remedy()
            .contains("enable-linger"));
    assertTrue(ScheduleChecks.lingering(Optional.of("Linger=yes")).isEmpty());
    assertTrue(ScheduleChecks.lingering(Optional.empty()).isEmpty());
  }
}
