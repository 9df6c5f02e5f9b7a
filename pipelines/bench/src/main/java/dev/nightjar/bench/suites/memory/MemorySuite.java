package dev.nightjar.bench.suites;

import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.kernel.AvailableMemory;
import dev.nightjar.kernel.process.MeasuredProcess;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Memory bandwidth by BabelStream's kernels, sizes and rules, see {@link StreamWorker}.
 *
 * <p>Every repetition but the first, which BabelStream leaves out as well, is a sample of the
 * kernel's {@code throughput}; the headline is {@code best_throughput}, the best of them. The
 * worker is a JVM of its own with a heap of its own: the one that runs the pipeline is small and
 * has other things to do. Arrays that do not fit in memory are not made smaller, since the results
 * would not compare: the suite is skipped.
 */
public final class MemorySuite {
  /** BabelStream's default: 2^25 doubles, 256 MiB an array. */
  public static final int DEFAULT_ELEMENTS = 1 << 25;

  /** BabelStream's default. */
  public static final int DEFAULT_REPETITIONS = 100;

  static final String NAME = "memory";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final long OTHER_HEAP_BYTES = 64L << 20;
  private static final int MOST_TAIL = 4096;

  private MemorySuite() {}

  /**
   * Runs the suite with the defaults, a thread on each CPU.
   *
   * @param cpus the CPUs it may run on; absent for all that this process may use
   */
  public static BenchmarkOutcome run(RunObserver observer, @Nullable BitSet cpus)
      throws InterruptedException {
    int threads = cpus == null ? Runtime.getRuntime().availableProcessors() : cpus.cardinality();
    return run(observer, DEFAULT_ELEMENTS, DEFAULT_REPETITIONS, threads, cpus);
  }

  /** Runs the suite; all samples are handed over as repetition 0 when it is done. */
  public static BenchmarkOutcome run(
      RunObserver observer, int elements, int repetitions, int threads, @Nullable BitSet cpus)
      throws InterruptedException {
    if (elements < 1024 || repetitions < 2 || threads < 1 || threads > elements / 8) {
      throw new Failure.Misuse(
          "The suite memory needs at least 1024 elements, 2 repetitions and 1 thread.");
    }
    long heapBytes = 3L * 8 * elements + OTHER_HEAP_BYTES;
    String misfit = misfit(heapBytes, AvailableMemory.bytes());
    if (misfit != null) {
      observer.skipped(new Skip("benchmarks", NAME, misfit));
      return new BenchmarkOutcome(End.SKIPPED, 0, misfit, null, "", List.of());
    }
    return measure(observer, elements, repetitions, threads, heapBytes, cpus);
  }

  /** Why a heap does not fit with a quarter to spare; absent if it does, or nothing is known. */
  static @Nullable String misfit(long heapBytes, OptionalLong availableBytes) {
    if (availableBytes.isEmpty() || heapBytes + heapBytes / 4 <= availableBytes.getAsLong()) {
      return null; // where nothing is known the worker itself finds out whether it fits
    }
    return "its arrays take "
        + (heapBytes >> 20)
        + " MiB, and of the memory this process may use only "
        + (availableBytes.getAsLong() >> 20)
        + " MiB are available";
  }

  private static BenchmarkOutcome measure(
      RunObserver observer,
      int elements,
      int repetitions,
      int threads,
      long heapBytes,
      @Nullable BitSet cpus)
      throws InterruptedException {
    List<String> argv = worker(elements, repetitions, threads, heapBytes);
    Path folder = temporaryFolder();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    long[] pid = {-1};
    try {
      ProcessOutcome outcome =
          MeasuredProcess.run(
              new ProcessCommand(
                  argv,
                  Map.of(),
                  folder,
                  out,
                  err,
                  TIMEOUT,
                  ProcessCommand.DEFAULT_OUTPUT_BYTES,
                  cpus),
              started -> {
                pid[0] = started;
                observer.processStarted(started);
              });
      if (!outcome.isSuccess()
          || !Files.readString(out).endsWith("valid" + System.lineSeparator())) {
        return failed(outcome, err, argv);
      }
      observer.repetitionDone(0, samples(Files.readAllLines(out), elements, threads));
      return new BenchmarkOutcome(End.COMPLETED, repetitions - 1, null, null, "", List.of());
    } catch (IOException e) {
      throw new Failure.Unavailable("The output of the suite memory cannot be read.", e);
    } finally {
      if (pid[0] >= 0) {
        observer.processEnded(pid[0]);
      }
      remove(out, err, folder);
    }
  }

  private static List<String> worker(int elements, int repetitions, int threads, long heapBytes) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms" + heapBytes,
        "-Xmx" + heapBytes,
        "-XX:+UseSerialGC",
        // All of the heap is one array after the other: nothing is ever collected.
        "-XX:NewSize=16m",
        "-XX:MaxNewSize=16m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        StreamWorker.class.getName(),
        String.valueOf(elements),
        String.valueOf(repetitions),
        String.valueOf(threads));
  }

  /** This JVM's, made absolute: the worker has another working folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("nightjar-memory");
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "There is no room in " + System.getProperty("java.io.tmpdir") + ": free some.", e);
    }
  }

  private static void remove(Path... files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new Failure.Unavailable("The temporary file " + file + " cannot be removed.", e);
      }
    }
  }

  private static BenchmarkOutcome failed(ProcessOutcome outcome, Path err, List<String> argv)
      throws IOException {
    String errors = Files.readString(err);
    boolean timedOut = outcome.end() == ProcessOutcome.End.TIMED_OUT;
    String reason =
        timedOut
            ? "it did not end within " + TIMEOUT.toMinutes() + " min"
            : "its worker ended with " + outcome.status() + " (" + outcome.end() + ")";
    return new BenchmarkOutcome(
        timedOut ? End.TIMED_OUT : End.FAILED,
        0,
        reason,
        outcome.end() == ProcessOutcome.End.EXITED ? outcome.status() : null,
        errors.substring(Math.max(0, errors.length() - MOST_TAIL)),
        argv);
  }

  private static List<Sample> samples(List<String> lines, int elements, int threads) {
    List<Sample> samples = new ArrayList<>();
    Map<String, Sample> best = new HashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      // The first repetition is a warm-up, by BabelStream's rule.
      if (words.length == 9 && !words[1].equals("0")) {
        Sample sample = sample(words, elements, threads);
        samples.add(sample);
        best.merge(words[0], sample, (x, y) -> x.value() >= y.value() ? x : y);
      }
    }
    for (String kernel : StreamWorker.KERNELS) {
      Sample fastest = best.get(kernel);
      if (fastest != null) {
        samples.add(
            new Sample(
                series(kernel, "best_throughput", elements, threads),
                0,
                fastest.value(),
                fastest.startedAt(),
                fastest.wallNanos(),
                fastest.readings()));
      }
    }
    return samples;
  }

  private static Sample sample(String[] words, int elements, int threads) {
    int kernel = List.of(StreamWorker.KERNELS).indexOf(words[0]);
    long nanos = Long.parseLong(words[3]);
    double bytes = 8.0 * elements * StreamWorker.ARRAYS[kernel];
    BoundaryReadings readings =
        new BoundaryReadings(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            reading(words[4]),
            reading(words[5]),
            reading(words[6]),
            reading(words[7]),
            reading(words[8]));
    return new Sample(
        series(words[0], "throughput", elements, threads),
        Integer.parseInt(words[1]) - 1,
        bytes / (nanos / 1e9),
        Instant.ofEpochMilli(Long.parseLong(words[2])),
        nanos,
        readings);
  }

  private static @Nullable Long reading(String word) {
    return word.equals("null") ? null : Long.valueOf(word);
  }

  private static Series series(String kernel, String metric, int elements, int threads) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("elements", String.valueOf(elements));
    parameters.put("threads", String.valueOf(threads));
    Benchmark benchmark = new Benchmark(kernel, NAME, metric, "By/s", Direction.HIGHER_IS_BETTER);
    return new Series(benchmark, parameters, "cpu");
  }
}
