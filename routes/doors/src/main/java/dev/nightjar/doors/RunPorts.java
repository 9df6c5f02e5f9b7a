package dev.nightjar.doors;

import dev.nightjar.store.Database;
import dev.nightjar.store.live.LiveStream;
import java.util.Optional;
import java.util.UUID;

/**
 * Where what goes through the doors during a run ends; goes with each message, since all runs of a
 * process share the routes.
 *
 * @param database as the run's owner may write it
 * @param live where those who watch listen; absent when nobody is told
 * @param runId whom dead letters belong to
 */
record RunPorts(Database database, Optional<LiveStream> live, UUID runId) {
  /** The header that holds it. */
  static final String HEADER = "NightjarRun";
}
