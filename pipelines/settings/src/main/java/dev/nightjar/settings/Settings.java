package dev.nightjar.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quiet.QuietSettings;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.kernel.bpf.BpfOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is in force, typed; paths are absolute.
 *
 * @param repository a folder in the repository
 * @param identity what the database knows the repository by; absent for its location
 * @param databaseUrl {@code embedded} or an address
 * @param redisUrl {@code embedded} or an address
 * @param isLive whether a run passes on live what happens in it
 * @param benchmarks the repository's own
 * @param setup is run once in each fresh work tree
 * @param suites the built-in suites to run
 * @param telemetryInterval time between two readings of the host
 * @param bpf programs that are run beside the sampler
 * @param quiet what benchmarks get to run undisturbed
 * @param gate when a change counts
 * @param budget of a run, to measure two versions, or again what looks worse
 * @param baseline {@code auto}, {@code merge-base} or {@code history}
 * @param profile when 'bench --against' looks for the function behind a change
 * @param inventory benchmarks that every run must give, as patterns of names; empty for what
 *     earlier runs gave
 * @param acknowledgements the file in which people accept findings; need not be there
 * @param publish the folder of the report
 * @param publishUrl where that is on the web, with a slash at its end
 * @param pseudonyms whether the report names people by pseudonyms
 * @param resolved every value with its origin, in the file's order
 */
public record Settings(
    Path repository,
    Optional<String> identity,
    String databaseUrl,
    String redisUrl,
    boolean isLive,
    List<BenchmarkDefinition> benchmarks,
    Optional<ShellLine> setup,
    List<String> suites,
    Duration telemetryInterval,
    BpfOptions bpf,
    QuietSettings quiet,
    GatePolicy gate,
    Duration budget,
    String baseline,
    ProfileWhen profile,
    List<String> inventory,
    Path acknowledgements,
    Path publish,
    Optional<String> publishUrl,
    boolean pseudonyms,
    List<ResolvedSetting> resolved) {
  /** The repository's own benchmarks, in the file's order. */
  public List<String> benchmarkNames() {
    return benchmarks.stream().map(BenchmarkDefinition::name).toList();
  }
}
