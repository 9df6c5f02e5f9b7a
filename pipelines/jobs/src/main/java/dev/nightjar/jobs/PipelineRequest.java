package dev.nightjar.jobs;

import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;

/**
 * What is asked of a {@link PipelineRunner}.
 *
 * @param resume go on with the last run if it did not complete, instead of beginning a new one
 * @param gate what is asked of the gate beyond the settings
 * @param nightjarVersion the version that runs it
 */
public record PipelineRequest(
    Pipeline pipeline,
    Workspace workspace,
    StoreSettings stores,
    boolean resume,
    GateOptions gate,
    String nightjarVersion) {}
