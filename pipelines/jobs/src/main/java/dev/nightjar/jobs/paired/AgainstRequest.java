package dev.nightjar.jobs.paired;

import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.settings.ProfileWhen;
import dev.nightjar.settings.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is to be measured against what.
 *
 * @param base the revision that the checked-out commit is measured against
 * @param benchmarks their names; empty for all that the settings have
 * @param mostPairs of repetitions for each benchmark
 * @param budget of time for measuring all benchmarks
 * @param profile when both versions are profiled
 * @param cache where work trees are made
 */
public record AgainstRequest(
    Workspace workspace,
    GateOptions gate,
    String base,
    List<String> benchmarks,
    int mostPairs,
    Duration budget,
    ProfileWhen profile,
    Path cache) {}
