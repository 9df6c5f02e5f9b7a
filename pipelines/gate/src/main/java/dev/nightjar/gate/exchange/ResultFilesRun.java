package dev.nightjar.gate.exchange;

import dev.nightjar.formats.reading.DamagedFile;
import dev.nightjar.formats.reading.ReadResults;
import dev.nightjar.formats.reading.ReadingLedger;
import dev.nightjar.formats.reading.ResultValue;
import dev.nightjar.formats.results.ResultFiles;
import dev.nightjar.gate.decision.DamagedResults;
import dev.nightjar.gate.history.EarlierRuns;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.verdict.Sentence;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.store.run.BenchmarkFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run that was made outside of Nightjar and left result files. The same files of the same commit
 * are the same run, however often they are given.
 *
 * @param run dated when it was first judged
 * @param samples numbered in the order of the files
 * @param failures benchmarks that failed, as their tool says
 * @param assumed series of which nobody says which way is better
 * @param damaged files that could not be read as a whole
 * @param ledger what was counted and what was left out
 */
public record ResultFilesRun(
    PastRun run,
    List<Sample> samples,
    List<BenchmarkFailure> failures,
    Set<Series> assumed,
    List<DamagedResults> damaged,
    ReadingLedger ledger) {
  /**
   * Reads files.
   *
   * @param name what their series' names begin with; absent for the names in the files alone
   * @param earlier the runs of the same machine
   * @param pool of the series that these runs have
   * @throws Failure.Misuse when a file is not there, or none holds a value or a failure
   * @throws Failure.NoVerdict when that is because they are damaged
   */
  public static ResultFilesRun read(
      List<Path> files,
      @Nullable String name,
      @Nullable String commit,
      @Nullable String branch,
      EarlierRuns earlier,
      SeriesPool pool) {
    ReadResults results = ResultFiles.read(files);
    MessageDigest digest = sha256();
    for (Path file : files) {
      digest(file, digest);
    }
    if (results.values().isEmpty() && results.failures().isEmpty()) {
      String sentence =
          Sentence.of("The result files hold no value: " + results.ledger().summary());
      throw results.damaged().isEmpty()
          ? new Failure.Misuse(sentence)
          : new Failure.NoVerdict(sentence + " Have them written again: this is no verdict.");
    }
    digest.update(String.valueOf(commit).getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(1)); // so that commit and name cannot run into one another
    digest.update(String.valueOf(name).getBytes(StandardCharsets.UTF_8));
    PastRun run = dated(digest.digest(), commit, branch, earlier);
    return new ResultFilesRun(
        run,
        samples(results.values(), name, run.startedAt(), pool),
        failures(results, name),
        assumed(results.values(), name, pool),
        damaged(results.damaged(), name, pool),
        results.ledger());
  }

  private static List<BenchmarkFailure> failures(ReadResults results, @Nullable String name) {
    return results.failures().stream()
        .map(failed ->
            new BenchmarkFailure(
                null,
                named(name, failed.benchmark()),
                failed.parameters(),
                null,
                failed.reason() + " (" + failed.place() + ")"))
        .toList();
  }

  private static Set<Series> assumed(
      List<ResultValue> values, @Nullable String name, SeriesPool pool) {
    Set<Series> assumed = new HashSet<>();
    for (ResultValue value : values) {
      if (value.isDirectionAssumed()) {
        assumed.add(series(value, name, pool));
      }
    }
    return assumed;
  }

  private static List<DamagedResults> damaged(
      List<DamagedFile> files, @Nullable String name, SeriesPool pool) {
    List<DamagedResults> damaged = new ArrayList<>();
    for (DamagedFile file : files) {
      Set<Series> kept = new HashSet<>();
      file.kept().forEach(value -> kept.add(series(value, name, pool)));
      damaged.add(new DamagedResults(file.clause(), kept));
    }
    return damaged;
  }

  private static Series series(ResultValue value, @Nullable String name, SeriesPool pool) {
    Benchmark benchmark =
        new Benchmark(
            named(name, value.name()), null, value.metric(), value.unit(), value.direction());
    return pool.series(new Series(benchmark, pool.parameters(value.parameters()), value.device()));
  }

  private static String named(@Nullable String name, String nameInFile) {
    return (name == null ? "" : name + "/") + nameInFile;
  }

  private static PastRun dated(
      byte[] digest, @Nullable String commit, @Nullable String branch, EarlierRuns earlier) {
    return earlier
        .known(UuidV7.of(Instant.EPOCH, digest))
        .orElseGet(() -> {
          Instant at = earlier.next(Instant.now().truncatedTo(ChronoUnit.MILLIS));
          return new PastRun(UuidV7.of(at, digest), PastRun.OF_FILES, commit, branch, at);
        });
  }

  /**
   * Takes in the content and, so that two measurements that gave the same numbers stay two, the
   * file's time. What may have no end, or is too large to be read as results, is not read here
   * either.
   */
  private static void digest(Path file, MessageDigest digest) {
    try (InputStream in = ResultFiles.content(file)) {
      byte[] part = new byte[1 << 16];
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        digest.update(part, 0, length);
      }
      long written = Files.getLastModifiedTime(file).toMillis();
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, written));
    } catch (IOException e) {
      throw new Failure.Misuse(
          "The result file "
              + file
              + " cannot be read: check its name, and whether the benchmark wrote it.",
          e);
    }
  }

  private static List<Sample> samples(
      List<ResultValue> values, @Nullable String name, Instant startedAt, SeriesPool pool) {
    Map<Series, Integer> counts = HashMap.newHashMap(values.size());
    List<Sample> samples = new ArrayList<>(values.size());
    for (ResultValue value : values) {
      Series series = series(value, name, pool);
      int ordinal = counts.merge(series, 1, Integer::sum) - 1;
      samples.add(
          new Sample(series, ordinal, value.value(), startedAt, 0, BoundaryReadings.ABSENT));
    }
    return samples;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
