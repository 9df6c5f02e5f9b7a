package dev.nightjar.jobs.steps;

import dev.nightjar.doors.Ingest;
import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.git.GitRepository;
import dev.nightjar.kernel.HostSampler;
import dev.nightjar.model.Run;
import dev.nightjar.model.Skip;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Database;
import java.util.List;

/**
 * What the steps of one run share.
 *
 * @param run the run; its repository and host are named there
 * @param repository open for reading
 * @param database what is kept
 * @param ingest the routes by which things come in
 * @param gate what is asked of the gate beyond the settings
 * @param sampler reads the host until the report is published
 */
public record RunContext(
    Run run,
    GitRepository repository,
    Settings settings,
    GateOptions gate,
    Database database,
    Ingest ingest,
    HostSampler sampler,
    RunListener listener) {

  /** Notes that something was left out, for the report. */
  void skip(Skip skip) {
    database.runs().skip(run.id(), List.of(skip));
  }
}
