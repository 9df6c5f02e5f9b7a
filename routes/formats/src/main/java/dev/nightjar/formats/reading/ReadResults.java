package dev.nightjar.formats.reading;

import java.util.List;

/**
 * What the result files of one run gave.
 *
 * @param values in the order of the files
 * @param failures benchmarks that failed, as their tool says; each once
 * @param damaged files that could not be read as a whole
 * @param ledger what was counted and what was left out
 */
public record ReadResults(
    List<ResultValue> values,
    List<FailedBenchmark> failures,
    List<DamagedFile> damaged,
    ReadingLedger ledger) {
  public ReadResults {
    values = List.copyOf(values);
    failures = List.copyOf(failures);
    damaged = List.copyOf(damaged);
  }
}
