package dev.nightjar.cli.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks of what runs Nightjar by itself: timers of systemd, of the user and of the system. */
final class ScheduleChecks {
  private static final String SUBJECT = "schedule";

  private ScheduleChecks() {}

  /** When the timers run next, or that there is none. */
  static List<Finding> all() throws InterruptedException {
    List<Finding> findings = new ArrayList<>(timers(listed("--user")));
    boolean isOfUser = !findings.isEmpty();
    findings.addAll(timers(listed("--system")));
    if (findings.isEmpty()) {
      return List.of(
          Finding.absent(
              SUBJECT,
              "no timer of systemd runs nightjar here",
              "ci/systemd has one, if nothing else does"));
    }
    if (isOfUser) {
      lingering(ProgramAnswer.of("loginctl", "show-user", user(), "--property=Linger"))
          .ifPresent(findings::add);
    }
    return findings;
  }

  private static Optional<String> listed(String manager) throws InterruptedException {
    return ProgramAnswer.of(
        "systemctl", manager, "list-timers", "--all", "--output=json", "nightjar*");
  }

  /** One finding for each timer of a list as systemctl prints it. */
  static List<Finding> timers(Optional<String> json) {
    List<Finding> findings = new ArrayList<>();
    try {
      for (JsonNode timer : JsonMapper.shared().readTree(json.orElse("[]"))) {
        findings.add(
            finding(
                timer.path("unit").asString("a timer"),
                moment(timer, "next"),
                moment(timer, "last")));
      }
    } catch (JacksonException e) {
      return List.of(); // an older systemctl, which lists for people only
    }
    return findings;
  }

  private static Finding finding(String unit, Optional<Instant> next, Optional<Instant> last) {
    String before = last.map(at -> ", last " + at).orElse(", never yet");
    return next.map(at -> Finding.live(SUBJECT, unit + " runs next " + at + before))
        .orElseGet(() ->
            Finding.problem(
                SUBJECT,
                unit + " is not to run again" + before,
                "enable and start " + unit + " with systemctl, as docs/operating.md says"));
  }

  private static Optional<Instant> moment(JsonNode timer, String name) {
    long micros = timer.path(name).asLong(0);
    return micros > 0 && micros < Long.MAX_VALUE
        ? Optional.of(Instant.ofEpochSecond(micros / 1_000_000))
        : Optional.empty();
  }

  /** Without it a user's timers end with their last session. */
  static Optional<Finding> lingering(Optional<String> answer) {
    return answer
        .filter("Linger=no"::equals)
        .map(_ ->
            Finding.problem(
                SUBJECT,
                "the timers of this user stop when it logs out",
                "let them go on: loginctl enable-linger"));
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
