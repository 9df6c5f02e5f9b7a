package dev.nightjar.jobs.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.gate.GatePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is in force, typed; paths are absolute.
 *
 * @param repository a folder in the repository
 * @param databaseUrl {@code embedded} or an address
 * @param redisUrl {@code embedded} or an address
 * @param benchmarks the repository's own
 * @param suites the built-in suites to run
 * @param telemetryInterval time between two readings of the host
 * @param gate when a change counts
 * @param baseline {@code auto}, {@code merge-base} or {@code history}
 * @param questions for research
 * @param corpora where research looks
 * @param publish the folder of the report
 * @param schedule when the pipeline runs by itself
 * @param resolved every value with its origin, in the file's order
 */
public record Settings(
    Path repository,
    String databaseUrl,
    String redisUrl,
    List<BenchmarkDefinition> benchmarks,
    List<String> suites,
    Duration telemetryInterval,
    GatePolicy gate,
    String baseline,
    List<String> questions,
    List<String> corpora,
    Path publish,
    Schedule schedule,
    List<ResolvedSetting> resolved) {

  /**
   * When the pipeline runs by itself.
   *
   * @param cron five fields
   * @param timezone of those fields
   * @param onMisfire {@code run-once} or {@code skip}
   */
  public record Schedule(String cron, String timezone, String onMisfire) {}
}
