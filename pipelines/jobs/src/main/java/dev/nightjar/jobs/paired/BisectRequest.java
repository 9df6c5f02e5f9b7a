package dev.nightjar.jobs.paired;

import dev.nightjar.settings.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a change is looked for.
 *
 * @param good a revision without it
 * @param bad a later revision with it
 * @param benchmark the one that shows it; absent where the settings have one only
 * @param metric the metric that shows it; absent for the benchmark's first
 * @param mostPairs of repetitions for each commit
 * @param budget of time for each commit
 * @param cache where work trees are made
 * @param state where what is known is kept between calls
 */
public record BisectRequest(
    Workspace workspace,
    String good,
    String bad,
    Optional<String> benchmark,
    Optional<String> metric,
    int mostPairs,
    Duration budget,
    Path cache,
    Path state) {}
