package dev.nightjar.bench.suites;

import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.CommandOutput;
import dev.nightjar.bench.Repetitions;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.StoppingRule;
import dev.nightjar.kernel.AvailableMemory;
import dev.nightjar.kernel.process.MeasuredProcess;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.Redaction;
import dev.nightjar.model.Sample;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a case of a suite in a worker. Its samples are handed over together when its results were
 * found right: a worker that fails, or that was killed, has measured nothing.
 */
public final class SuiteRunner {
  /** A run of the worker numbers its samples from its own number times this. */
  private static final int ORDINALS_PER_RUN = 10_000;

  private final SuiteCase one;
  private final RunObserver observer;
  private final @Nullable BitSet cpus;

  private SuiteRunner(SuiteCase one, RunObserver observer, @Nullable BitSet cpus) {
    this.one = one;
    this.observer = observer;
    this.cpus = cpus;
  }

  /**
   * How far a case has come: each run of its worker counts as a repetition.
   *
   * @param workers how many runs of the worker are wanted
   * @param stored the case's samples, in any order
   */
  public static Repetitions repetitions(int workers, List<Sample> stored) {
    return Repetitions.of(StoppingRule.exactly(workers), ORDINALS_PER_RUN, stored);
  }

  /**
   * Runs its worker as often as is left.
   *
   * @param repetitions runs of the worker that are stored; those that are done are added
   * @param cpus the CPUs it may run on; absent for all that this process may use
   */
  public static BenchmarkOutcome run(
      SuiteCase one, RunObserver observer, Repetitions repetitions, @Nullable BitSet cpus)
      throws InterruptedException {
    String misfit = misfit(one.memoryBytes(), AvailableMemory.bytes());
    if (misfit != null && !repetitions.isEnough()) {
      return new BenchmarkOutcome(End.SKIPPED, 0, misfit, null, "", List.of());
    }
    return new SuiteRunner(one, observer, cpus).runOn(repetitions);
  }

  /** Why a case does not fit with a quarter to spare; absent if it does, or nothing is known. */
  static @Nullable String misfit(long bytes, OptionalLong availableBytes) {
    if (availableBytes.isEmpty() || bytes + bytes / 4 <= availableBytes.getAsLong()) {
      return null; // where nothing is known the worker itself finds out whether it fits
    }
    return "it takes "
        + (bytes >> 20)
        + " MiB, and of the memory this process may use only "
        + (availableBytes.getAsLong() >> 20)
        + " MiB are available";
  }

  private BenchmarkOutcome runOn(Repetitions repetitions) throws InterruptedException {
    int done = 0;
    while (!repetitions.isEnough()) {
      try (CommandOutput output = new CommandOutput()) {
        ProcessCommand command = worker(output);
        ProcessOutcome outcome = execute(command);
        List<String> lines = output.text().lines().toList();
        if (!outcome.isSuccess() || lines.isEmpty() || !lines.getLast().equals(SuiteWorker.VALID)) {
          return failed(outcome, output, command, done);
        }
        int number = repetitions.next();
        List<Sample> samples = samples(lines, number);
        observer.repetitionDone(number, samples);
        repetitions.done(number, samples);
        done++;
      }
    }
    return BenchmarkOutcome.completed(done);
  }

  private ProcessOutcome execute(ProcessCommand command) throws InterruptedException {
    long[] pid = {-1};
    try {
      return MeasuredProcess.run(
          command,
          started -> {
            pid[0] = started;
            observer.processStarted(started);
          });
    } finally {
      if (pid[0] >= 0) {
        observer.processEnded(pid[0]);
      }
    }
  }

  private ProcessCommand worker(CommandOutput output) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(one.jvmOptions());
    argv.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
    argv.add(SuiteWorker.class.getName());
    argv.addAll(SuiteWorker.arguments(one));
    return new ProcessCommand(
        argv,
        Map.of(),
        output.folder(),
        output.stdout(),
        output.stderr(),
        one.timeout(),
        ProcessCommand.DEFAULT_OUTPUT_BYTES,
        cpus);
  }

  /** This JVM's, made absolute: the worker has another working folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private BenchmarkOutcome failed(
      ProcessOutcome outcome, CommandOutput output, ProcessCommand command, int done) {
    boolean timedOut = outcome.end() == ProcessOutcome.End.TIMED_OUT;
    String reason =
        timedOut
            ? "it did not end within " + one.timeout().toMinutes() + " min"
            : "its worker ended with " + outcome.status() + " (" + outcome.end() + ")";
    return new BenchmarkOutcome(
        timedOut ? End.TIMED_OUT : End.FAILED,
        done,
        reason,
        outcome.end() == ProcessOutcome.End.EXITED ? outcome.status() : null,
        output.tail(Redaction.NONE),
        command.argv());
  }

  private List<Sample> samples(List<String> lines, int number) {
    List<WorkerLine> told = lines.stream().flatMap(line -> WorkerLine.of(line).stream()).toList();
    List<Sample> samples = new ArrayList<>();
    for (WorkerLine line : told) {
      Measure measure = one.measures().get(line.measure());
      int ordinal = number * ORDINALS_PER_RUN + line.repetition();
      samples.add(sample(measure, measure.metric(), ordinal, line));
    }
    for (int i = 0; i < one.measures().size(); i++) {
      Measure measure = one.measures().get(i);
      String best = measure.best();
      if (best != null) {
        int place = i;
        told.stream()
            .filter(line -> line.measure() == place)
            .min(Comparator.comparingLong(WorkerLine::nanos))
            .ifPresent(line -> samples.add(sample(measure, best, number * ORDINALS_PER_RUN, line)));
      }
    }
    return samples;
  }

  private Sample sample(Measure measure, String metric, int ordinal, WorkerLine line) {
    return new Sample(
        one.series(measure, metric),
        ordinal,
        measure.value(line.nanos()),
        Instant.ofEpochMilli(line.epochMillis()),
        line.nanos(),
        line.readings());
  }
}
