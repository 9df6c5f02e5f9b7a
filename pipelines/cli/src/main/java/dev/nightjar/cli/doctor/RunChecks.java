package dev.nightjar.cli.doctor;

import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What became of the last run over the repository of this folder. */
final class RunChecks {
  private static final String SUBJECT = "last run";

  private RunChecks() {}

  /** Nothing outside a repository. */
  static Optional<Finding> last(Database database, Settings settings, Instant now) {
    try (GitRepository repository = GitRepository.open(settings.repository())) {
      String location = repository.facts().location();
      return Optional.of(
          database
              .runs()
              .newest(settings.identity().orElse(location))
              .map(run -> finding(run, now))
              .orElseGet(() ->
                  Finding.absent(SUBJECT, "none over " + location, "'nightjar run' makes one")));
    } catch (Failure.Misuse e) {
      return Optional.empty();
    }
  }

  static Finding finding(Run run, Instant now) {
    long hours = Duration.between(run.startedAt(), now).toHours();
    String detail =
        "%s, %s, began %s, %s ago"
            .formatted(
                run.pipeline(),
                run.state().word(),
                run.startedAt(),
                hours < 48 ? hours + " h" : hours / 24 + " days");
    return run.state() == RunState.FAILED || run.state() == RunState.ABANDONED
        ? Finding.problem(SUBJECT, detail, "go on with it: 'nightjar run --resume'")
        : Finding.live(SUBJECT, detail);
  }
}
