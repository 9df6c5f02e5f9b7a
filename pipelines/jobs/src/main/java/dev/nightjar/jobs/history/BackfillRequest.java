package dev.nightjar.jobs.history;

import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;

/**
 * Which commits are to be measured.
 *
 * @param range {@code REV..REV}, the first left out, or one revision
 * @param every takes every n-th commit, the last always
 * @param again whether commits that are measured already are measured once more
 */
public record BackfillRequest(
    Workspace workspace,
    StoreSettings stores,
    GateOptions gate,
    String range,
    int every,
    boolean again,
    String nightjarVersion) {}
