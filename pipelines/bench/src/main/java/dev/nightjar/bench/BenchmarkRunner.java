package dev.nightjar.bench;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.quantity.Instrument;
import dev.nightjar.bench.quantity.Measuring;
import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.bench.quantity.Reading;
import dev.nightjar.formats.reading.FailedBenchmark;
import dev.nightjar.formats.reading.LeftOut;
import dev.nightjar.formats.reading.ReadResults;
import dev.nightjar.formats.reading.ResultValue;
import dev.nightjar.formats.results.ResultFiles;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Redaction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.unit.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a user's benchmark: set-up, warm-ups, repetitions. Each repetition that is done is handed
 * over at once, so that a run that was killed goes on with the next one.
 */
public final class BenchmarkRunner {
  /** See {@link BenchmarkDefinition#ordinalsPerRepetition}. */
  static final int ORDINALS_PER_REPETITION = 10_000;

  private static final int MOST_WARMUPS = 10;

  /** What a search for metrics may take though the command used its time up. */
  private static final Duration LEAST_SEARCH = Duration.ofSeconds(1);

  /** A warm-up that is faster than all before it by this share shows that there is more to come. */
  private static final double STILL_WARMING = 0.02;

  private static final String STEP = "benchmarks";

  private final BenchmarkDefinition definition;
  private final Path repository;
  private final RunObserver observer;
  private final @Nullable BitSet cpus;
  private final Measuring measuring;
  private final Set<String> programs = new HashSet<>();
  private final Set<Measuring.Unmeasured> told = new HashSet<>();
  private final Set<String> leftOut = new HashSet<>();

  private BenchmarkRunner(
      BenchmarkDefinition definition,
      Path repository,
      RunObserver observer,
      @Nullable BitSet cpus) {
    this.definition = definition;
    this.repository = repository;
    this.observer = observer;
    this.cpus = cpus;
    String path = System.getenv().getOrDefault("PATH", "");
    measuring = Measuring.of(definition.measures(), HostPlatform.current(), path);
    programs.addAll(definition.command());
  }

  /** Runs a whole benchmark. */
  public static BenchmarkOutcome run(
      BenchmarkDefinition definition, Path repository, RunObserver observer)
      throws InterruptedException {
    return run(definition, repository, observer, new Repetitions(definition), null);
  }

  /**
   * Runs what is left of a benchmark.
   *
   * @param repetitions those that are stored; those that are done are added
   * @param cpus the CPUs it may run on; absent for all
   */
  public static BenchmarkOutcome run(
      BenchmarkDefinition definition,
      Path repository,
      RunObserver observer,
      Repetitions repetitions,
      @Nullable BitSet cpus)
      throws InterruptedException {
    Redaction hidden = definition.redaction();
    RunObserver told = new HidingObserver(observer, hidden);
    return new BenchmarkRunner(definition, repository, told, cpus)
        .runOn(repetitions)
        .hiding(hidden);
  }

  private BenchmarkOutcome runOn(Repetitions repetitions) throws InterruptedException {
    if (repetitions.isEnough()) {
      return BenchmarkOutcome.completed(0);
    }
    if (!definition.givesByItself() && measuring.isNothing()) {
      return new BenchmarkOutcome(End.FAILED, 0, unmeasured(), null, "", List.of());
    }
    tellOf(measuring.unmeasured());
    try (CommandOutput output = new CommandOutput()) {
      int done = 0;
      try {
        prepare(output);
        while (!repetitions.isEnough()) {
          done += repeat(output, repetitions) ? 1 : 0;
        }
      } catch (RepetitionFailed failed) {
        return failed.outcome(definition.onFailure(), done);
      }
      if (done == 0) {
        String reason = "none of its repetitions succeeded";
        return new BenchmarkOutcome(End.FAILED, 0, reason, null, "", definition.command());
      }
      CountNotes.of(definition, repetitions.counts(), programs).forEach(observer::skipped);
      return BenchmarkOutcome.completed(done);
    }
  }

  /** Whether it is run by itself, and not under instruments alone. */
  private boolean isRunPlainly() {
    return definition.givesByItself() || measuring.isByTheRun();
  }

  private String unmeasured() {
    return measuring.unmeasured().stream()
        .map(one -> "'" + one.what() + "' cannot be measured here, as " + one.reason())
        .collect(Collectors.joining("; "));
  }

  private void tellOf(List<Measuring.Unmeasured> unmeasured) {
    for (Measuring.Unmeasured one : unmeasured) {
      if (told.add(one)) {
        observer.skipped(new Skip(STEP, definition.name() + ", " + one.what(), one.reason()));
      }
    }
  }

  private void prepare(CommandOutput output) throws InterruptedException, RepetitionFailed {
    if (!definition.setup().isEmpty()) {
      execute(definition.setup(), output);
    }
    Integer warmups = definition.warmups();
    if (warmups == null) {
      warmUp(output);
      return;
    }
    for (int i = 0; i < warmups; i++) {
      execute(definition.command(), output);
    }
  }

  /** Until a warm-up is no longer clearly faster than those before it, within the budget. */
  private void warmUp(CommandOutput output) throws InterruptedException, RepetitionFailed {
    long deadline = System.nanoTime() + definition.repetitions().budget().toNanos();
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i == 0 || (i < MOST_WARMUPS && System.nanoTime() - deadline < 0); i++) {
      long nanos = execute(definition.command(), output).wallNanos();
      if (nanos > fastest * (1 - STILL_WARMING)) {
        return;
      }
      fastest = nanos;
    }
  }

  /** Whether the repetition gave samples. */
  private boolean repeat(CommandOutput output, Repetitions repetitions)
      throws InterruptedException, RepetitionFailed {
    int repetition = repetitions.next();
    try {
      List<Sample> samples = measured(output, repetition);
      observer.repetitionDone(repetition, samples);
      repetitions.done(repetition, samples);
      return true;
    } catch (RepetitionFailed failed) {
      if (definition.onFailure() != OnFailure.IGNORE) {
        throw failed;
      }
      observer.skipped(
          new Skip(STEP, definition.name() + ", repetition " + repetition, failed.reason()));
      repetitions.done(repetition, List.of());
      return false;
    }
  }

  /** By all means that the repetition's number asks for. */
  private List<Sample> measured(CommandOutput output, int repetition)
      throws InterruptedException, RepetitionFailed {
    SeveralMeans means = new SeveralMeans();
    if (isRunPlainly()) {
      means.add(plainly(output, repetition));
    }
    for (Instrument instrument : measuring.instruments()) {
      if (!isRunPlainly() || repetition < instrument.repetitions()) {
        means.by(instrument.name(), () -> measured(instrument, output, repetition));
      }
    }
    if (!isRunPlainly() || repetition < Measuring.REPETITIONS) {
      means.by("size", () -> sizes(repetition));
    }
    List<Sample> samples = means.samples();
    if (samples.isEmpty()) {
      throw failed("nothing of what 'measure' asks for could be read of it", null);
    }
    means.failures().forEach(this::tellOf);
    return samples;
  }

  /** Once of each of the means. */
  private void tellOf(String means, RepetitionFailed failed) {
    if (leftOut.add(means)) {
      observer.skipped(new Skip(STEP, definition.name() + ", " + means, failed.reason()));
    }
  }

  private List<Sample> plainly(CommandOutput output, int repetition)
      throws InterruptedException, RepetitionFailed {
    ProcessOutcome outcome = execute(definition.command(), output);
    List<Sample> samples = new ArrayList<>(samples(outcome, output, repetition));
    tellOf(measuring.absentOf(outcome));
    for (Reading reading : measuring.of(outcome)) {
      samples.add(sample(reading, repetition, outcome));
    }
    return samples;
  }

  private List<Sample> sizes(int repetition) throws RepetitionFailed {
    ProcessOutcome none =
        new ProcessOutcome(ProcessOutcome.End.EXITED, 0, Instant.now(), 0, BoundaryReadings.ABSENT);
    try {
      return measuring.sizes(repository).stream()
          .map(reading -> sample(reading, repetition, none))
          .toList();
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()), null);
    }
  }

  private List<Sample> measured(Instrument instrument, CommandOutput output, int repetition)
      throws InterruptedException, RepetitionFailed {
    Path folder = output.forInstrument();
    try {
      ProcessCommand plain = command(definition.command(), output);
      ProcessOutcome outcome = execute(instrument.around(plain, folder), output);
      Instrument.Findings findings = instrument.read(folder);
      programs.addAll(findings.programs());
      return findings.readings().stream()
          .map(reading -> sample(reading, repetition, outcome))
          .toList();
    } catch (RepetitionFailed e) {
      throw e.under(instrument.name());
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()), output);
    }
  }

  /** Nothing that the machine does disturbs a count, so it has no readings to be weighed by. */
  private Sample sample(Reading reading, int repetition, ProcessOutcome outcome) {
    Quantity quantity = reading.quantity();
    Benchmark benchmark =
        new Benchmark(
            definition.name(), null, quantity.metric(), quantity.unit(), quantity.direction());
    return new Sample(
        new Series(benchmark, reading.parameters(), Device.CPU),
        repetition * definition.ordinalsPerRepetition(),
        reading.value(),
        outcome.startedAt(),
        outcome.wallNanos(),
        reading.parameters().containsKey(Series.COUNTER)
            ? BoundaryReadings.ABSENT
            : outcome.readings());
  }

  private ProcessOutcome execute(List<String> argv, CommandOutput output)
      throws InterruptedException, RepetitionFailed {
    return execute(command(argv, output), output);
  }

  private ProcessCommand command(List<String> argv, CommandOutput output) {
    return new ProcessCommand(
        argv,
        definition.environment(),
        repository.resolve(definition.folder()).normalize(),
        output.stdout(),
        output.stderr(),
        definition.timeout(),
        ProcessCommand.DEFAULT_OUTPUT_BYTES,
        cpus,
        measuring.isCountedByTheRun());
  }

  private ProcessOutcome execute(ProcessCommand command, CommandOutput output)
      throws InterruptedException, RepetitionFailed {
    long[] pid = {-1};
    try {
      ProcessOutcome outcome =
          HostPlatform.current()
              .run(
                  command,
                  started -> {
                    pid[0] = started;
                    observer.processStarted(started);
                  });
      if (!outcome.isSuccess()) {
        throw RepetitionFailed.of(outcome, command, output.tail(definition.redaction()));
      }
      return outcome;
    } finally {
      if (pid[0] >= 0) {
        observer.processEnded(pid[0]);
      }
    }
  }

  private List<Sample> samples(ProcessOutcome outcome, CommandOutput output, int repetition)
      throws RepetitionFailed {
    List<Sample> samples = new ArrayList<>();
    if (definition.results() != null) {
      samples.addAll(fromFiles(outcome, definition.results(), repetition));
    } else if (!definition.extracted().isEmpty()) {
      samples.addAll(extracted(outcome, output, repetition));
    }
    if (measuring.isTimed()) {
      int ordinal = repetition * definition.ordinalsPerRepetition();
      samples.add(sample(definition.metric(), ordinal, outcome.wallNanos() / 1e9, outcome));
    }
    return samples;
  }

  private List<Sample> extracted(ProcessOutcome outcome, CommandOutput output, int repetition)
      throws RepetitionFailed {
    List<Sample> samples = new ArrayList<>();
    long deadline = System.nanoTime() + searchNanos(outcome);
    for (ExtractedMetric extracted : definition.extracted()) {
      List<String> found = found(extracted, output.text(), deadline);
      if (found.isEmpty()) {
        found = found(extracted, output.errors(), deadline);
      }
      for (int index = 0; index < found.size(); index++) {
        int ordinal = repetition * ORDINALS_PER_REPETITION + index;
        samples.add(
            sample(extracted.metric(), ordinal, number(extracted, found.get(index)), outcome));
      }
      if (found.isEmpty()) {
        throw failed(
            "it printed nothing like '"
                + extracted.pattern()
                + "' to its standard output or standard error",
            output);
      }
    }
    return samples;
  }

  /** What the command left of its time, and a moment at least. */
  private long searchNanos(ProcessOutcome outcome) {
    long left = definition.timeout().toNanos() - outcome.wallNanos();
    return Math.max(LEAST_SEARCH.toNanos(), left);
  }

  private List<String> found(ExtractedMetric extracted, String text, long deadline)
      throws RepetitionFailed {
    try {
      return extracted.find(text.replace("\r\n", "\n"), ORDINALS_PER_REPETITION, deadline);
    } catch (ExtractedMetric.SearchTooLong e) {
      throw new RepetitionFailed(
          End.TIMED_OUT,
          "the search for '%s' in its output did not end within its timeout of %d s"
              .formatted(extracted.pattern(), definition.timeout().toSeconds()),
          null,
          "",
          definition.command());
    }
  }

  private double number(ExtractedMetric extracted, String found) throws RepetitionFailed {
    try {
      double value = Double.parseDouble(found.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, with the text
    }
    throw failed(
        "'" + shortened(found.strip()) + "' is no number of " + extracted.metric().name(), null);
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private RepetitionFailed failed(String reason, @Nullable CommandOutput output) {
    return new RepetitionFailed(
        End.FAILED,
        reason,
        null,
        output == null ? "" : output.tail(definition.redaction()),
        definition.command());
  }

  private Sample sample(
      MetricDefinition metric, int ordinal, double value, ProcessOutcome outcome) {
    Unit unit = Unit.of(metric.unit());
    Benchmark benchmark =
        new Benchmark(definition.name(), null, metric.name(), unit.symbol(), metric.direction());
    Series series = new Series(benchmark, Collections.emptySortedMap(), Device.CPU);
    return new Sample(
        series,
        ordinal,
        unit.canonical(value),
        outcome.startedAt(),
        outcome.wallNanos(),
        outcome.readings());
  }

  private List<Sample> fromFiles(ProcessOutcome outcome, String glob, int repetition)
      throws RepetitionFailed {
    ReadResults results = ResultFiles.read(repository, glob, outcome.startedAt());
    tell(results);
    List<ResultValue> values = results.values();
    if (values.isEmpty()) {
      throw failed("it wrote no result file that matches '" + glob + "' and holds a value", null);
    }
    tellOfAssumed(values);
    Map<Series, Integer> counts = new HashMap<>();
    List<Sample> samples = new ArrayList<>(values.size());
    for (ResultValue value : values) {
      Series series = series(value);
      int index = counts.merge(series, 1, Integer::sum) - 1;
      if (index < ORDINALS_PER_REPETITION) {
        samples.add(
            new Sample(
                series,
                repetition * ORDINALS_PER_REPETITION + index,
                value.value(),
                outcome.startedAt(),
                outcome.wallNanos(),
                outcome.readings()));
      }
    }
    return samples;
  }

  private void tellOfAssumed(List<ResultValue> values) {
    Set<Series> assumed =
        values.stream()
            .filter(ResultValue::isDirectionAssumed)
            .map(this::series)
            .collect(Collectors.toSet());
    if (!assumed.isEmpty()) {
      observer.directionsAssumed(assumed);
    }
  }

  private String seriesName(String nameInFile) {
    return definition.name() + "/" + nameInFile;
  }

  private Series series(ResultValue value) {
    Benchmark benchmark =
        new Benchmark(
            seriesName(value.name()), null, value.metric(), value.unit(), value.direction());
    SortedMap<String, String> parameters = new TreeMap<>(value.parameters());
    return new Series(benchmark, Collections.unmodifiableSortedMap(parameters), value.device());
  }

  private void tell(ReadResults results) {
    for (LeftOut leftOut : results.ledger().leftOut()) {
      observer.skipped(new Skip(STEP, leftOut.place(), leftOut.what()));
    }
    for (String remark : results.ledger().remarks()) {
      observer.skipped(new Skip(STEP, definition.name(), remark));
    }
    for (FailedBenchmark failed : results.failures()) {
      String reason = failed.reason() + " (" + failed.place() + ")";
      if (definition.onFailure() == OnFailure.FAIL) {
        observer.failed(seriesName(failed.benchmark()), failed.parameters(), reason);
      } else {
        observer.skipped(new Skip(STEP, seriesName(failed.benchmark()), "it failed: " + reason));
      }
    }
  }
}
