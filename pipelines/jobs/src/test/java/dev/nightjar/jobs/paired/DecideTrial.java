package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.bench.quiet.QuietSettings;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.MeasuredProcess;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.telemetry.Indicator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Whether {@code bench --against} ends in an answer on real programs whose runs take 0.2 to 1 s,
 * beside three processes that load the machine in random bursts.
 *
 * <p>{@code FILE FOLDER A/A SLOWER SEED SECONDS}: FOLDER holds a folder for each program, with a
 * {@code command} (a shell line) and the {@code steps} that it reads its amount of work from. More
 * work is more steps, as many as lengthen the whole program by the stated share, start included,
 * which is measured once when idle and kept beside the file. So many A/A trials in all, and so many
 * each of 5 % (held against a smallest effect of 3 %) and 10 % (against the default), go round the
 * programs in an order by the seed. A line for each is appended to FILE, which goes on where it
 * ends; no trial begins after so many seconds. With {@code turns} behind the seconds no two run
 * side by side.
 */
public final class DecideTrial {
  private static final Duration BUDGET = Duration.ofMinutes(4);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MOST_PAIRS = 1000;
  private static final int BURSTERS = 3;
  private static final int CALIBRATING_RUNS = 15;
  private static final GatePolicy FINE =
      new GatePolicy(
          GatePolicy.DEFAULT.confidence(),
          0.03,
          GatePolicy.DEFAULT.onInconclusive(),
          GatePolicy.DEFAULT.onMissing(),
          List.of());

  private final Path folder;
  private final boolean isDuet;
  private final Map<String, Double> shares = new HashMap<>();

  private record Trial(String program, int percent, int number) {
    String text() {
      return program + "," + percent + "," + number;
    }

    GatePolicy policy() {
      return percent == 5 ? FINE : GatePolicy.DEFAULT;
    }
  }

  private DecideTrial(Path folder, boolean isDuet) {
    this.folder = folder;
    this.isDuet = isDuet;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    int seed = Integer.parseInt(args[4]);
    long deadline = System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[5])).toNanos();
    DecideTrial trial = new DecideTrial(Path.of(args[1]), args.length < 7);
    trial.calibrate(file.resolveSibling(file.getFileName() + ".steps"));
    Path made = Files.createTempDirectory("decide");
    Path burst = Bursters.build(made);
    List<Trial> planned = trial.planned(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    Collections.shuffle(planned, new Random(seed));
    List<String> done = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (Trial one : planned) {
      if (done.stream().anyMatch(line -> line.startsWith(one.text() + ","))
          || System.nanoTime() - deadline >= 0) {
        continue;
      }
      try (Bursters _ = Bursters.start(burst, BURSTERS, 31 * seed + one.hashCode() % 1000)) {
        String line = one.text() + "," + trial.measured(one, made) + "\n";
        System.out.print(line);
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
  }

  private List<String> programs() throws IOException {
    try (var folders = Files.list(folder)) {
      return folders
          .filter(Files::isDirectory)
          .map(one -> one.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private List<Trial> planned(int same, int slower) throws IOException {
    List<String> programs = programs();
    List<Trial> planned = new ArrayList<>();
    for (int number = 0; number < Math.max(same, slower); number++) {
      String program = programs.get(number % programs.size());
      if (number < same) {
        planned.add(new Trial(program, 0, number));
      }
      if (number < slower) {
        planned.add(new Trial(program, 5, number));
        planned.add(new Trial(program, 10, number));
      }
    }
    return planned;
  }

  private BenchmarkDefinition definition(String program) throws IOException {
    String command = Files.readString(folder.resolve(program).resolve("command")).strip();
    return BenchmarkDefinition.named(program)
        .command(command)
        .duet(isDuet)
        .environment(Map.of("PROGRAM", folder.resolve(program).toAbsolutePath().toString()))
        .build();
  }

  private long steps(String program) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(program).resolve("steps")).strip());
  }

  private Path version(Path made, String name, long steps) throws IOException {
    Path version = Files.createDirectories(made.resolve(name));
    Files.writeString(version.resolve("steps"), steps + "\n");
    return version;
  }

  private void calibrate(Path file) throws IOException, InterruptedException {
    if (!Files.exists(file)) {
      StringBuilder lines = new StringBuilder();
      Path made = Files.createTempDirectory("decide-steps");
      for (String program : programs()) {
        double base = cpuNanos(program, version(made, "once", steps(program)));
        double twice = cpuNanos(program, version(made, "twice", 2 * steps(program)));
        lines.append(
            String.format(
                Locale.ROOT, "%s %.1f ms %.3f%n", program, base / 1e6, (twice - base) / base));
      }
      Files.writeString(file, lines);
    }
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      shares.put(words[0], Double.parseDouble(words[3]));
    }
  }

  private double cpuNanos(String program, Path version) throws IOException, InterruptedException {
    BenchmarkDefinition definition = definition(program);
    Path nowhere = Path.of("/dev/null");
    double[] nanos = new double[CALIBRATING_RUNS];
    for (int i = 0; i < nanos.length; i++) {
      ProcessOutcome outcome =
          MeasuredProcess.run(
              new ProcessCommand(
                  definition.command(),
                  definition.environment(),
                  version,
                  nowhere,
                  nowhere,
                  LIMIT,
                  ProcessCommand.DEFAULT_OUTPUT_BYTES,
                  null));
      nanos[i] =
          outcome.readings().of(Indicator.USER_CPU).orElseThrow()
              + outcome.readings().of(Indicator.SYSTEM_CPU).orElseThrow();
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private String measured(Trial trial, Path made) throws IOException, InterruptedException {
    long steps = steps(trial.program);
    double more = trial.percent / 100.0 / Objects.requireNonNull(shares.get(trial.program));
    Path base = version(made, "base", steps);
    Path head = version(made, "head", Math.round(steps * (1 + more)));
    PairedBenchmark benchmark =
        new PairedBenchmark(
            definition(trial.program),
            BUDGET,
            MOST_PAIRS,
            (series, count, pairs) -> PairedComparison.under(trial.policy(), series, count, pairs),
            note -> System.out.println("  " + note),
            System::nanoTime);
    QuietSettings plain =
        new QuietSettings(QuietSettings.Boost.OFF, QuietSettings.Pinning.ALL, null);
    try (QuietCpu quiet = QuietCpu.open(HostPlatform.current(), plain, skip -> {})) {
      benchmark.measure(base, head, quiet, BUDGET, 1);
    }
    benchmark.finish();
    PairedSeries series = benchmark.series().getFirst();
    PairedComparison.Decision decision = Objects.requireNonNull(series.decision());
    return String.format(
        Locale.ROOT,
        "%s,%.4f,%.4f,%.4f,%d,%.1f,%s,%s",
        decision.kind(),
        decision.effect(),
        decision.low(),
        decision.high(),
        decision.pairs(),
        benchmark.used().toMillis() / 1000.0,
        series.yardstickWords().replace(",", ""),
        series.spreads().replace(",", ""));
  }
}
