package dev.nightjar.jobs.gate;

import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be judged.
 *
 * @param stores where the database is, unless a folder of runs holds the history
 * @param run a stored run; absent for the newest
 * @param results result files to be judged in place of a stored run; empty for none
 * @param name what the series of these files begin with; absent for the names in them
 * @param machine where the files were made, if the person vouches that it is always alike; absent
 *     for this machine by its fingerprint
 */
public record GateRequest(
    Workspace workspace,
    StoreSettings stores,
    GateOptions options,
    Optional<UUID> run,
    List<Path> results,
    Optional<String> name,
    Optional<String> machine,
    String nightjarVersion) {}
