package dev.nightjar.bench.suites;

import dev.nightjar.bench.StoppingRule;
import dev.nightjar.kernel.process.BoundaryReader;
import dev.nightjar.model.Device;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The program that measures a case: warms it up, repeats it until the stopping rule is met, and
 * checks its results.
 *
 * <p>Prints a {@link WorkerLine} for each measure of each repetition, then {@value #VALID}; on a
 * wrong result, or a failure, a sentence to the error stream, and exit code 3.
 */
final class SuiteWorker {
  static final String VALID = "valid";

  /** The arguments before the parameters. */
  private static final int FIRST_PARAMETER = 9;

  private final Workload workload;
  private final StoppingRule rule;
  private final List<List<Double>> seconds = new ArrayList<>();
  private long spentNanos;

  private SuiteWorker(Workload workload, StoppingRule rule, int measures) {
    this.workload = workload;
    this.rule = rule;
    for (int i = 0; i < measures; i++) {
      seconds.add(new ArrayList<>());
    }
  }

  /** What {@link #main} is given to measure a case until a rule is met. */
  static List<String> arguments(SuiteCase one) {
    StoppingRule rule = one.repetitions();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                one.suite(),
                one.device().label(),
                String.valueOf(one.measures().size()),
                String.valueOf(one.warmups()),
                String.valueOf(rule.relativeHalfWidth()),
                String.valueOf(rule.confidence()),
                String.valueOf(rule.fewest()),
                String.valueOf(rule.most()),
                rule.budget().toString()));
    one.parameters().forEach((name, value) -> arguments.add(name + "=" + value));
    return arguments;
  }

  public static void main(String[] arguments) {
    // Digits and letters of a person's language would reach files and databases.
    Locale.setDefault(Locale.ROOT);
    try {
      String mistake = measure(arguments, System.out);
      if (mistake == null) {
        System.out.println(VALID);
        System.exit(0);
      }
      System.err.println(mistake);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      System.err.println(e);
    }
    System.exit(3); // whatever threads of a driver or a workload still run
  }

  private static @Nullable String measure(String[] a, PrintStream out) throws Exception {
    StoppingRule rule =
        new StoppingRule(
            Double.parseDouble(a[4]),
            Double.parseDouble(a[5]),
            Integer.parseInt(a[6]),
            Integer.parseInt(a[7]),
            Duration.parse(a[8]));
    try (Workload workload = Suites.named(a[0]).open(Device.of(a[1]), parameters(a))) {
      workload.warmUp();
      int warmups = Integer.parseInt(a[3]);
      SuiteWorker worker = new SuiteWorker(workload, rule, Integer.parseInt(a[2]));
      return workload.mistake(worker.repeat(warmups, out));
    }
  }

  private static SortedMap<String, String> parameters(String[] arguments) {
    SortedMap<String, String> parameters = new TreeMap<>();
    Arrays.stream(arguments)
        .skip(FIRST_PARAMETER)
        .map(argument -> argument.split("=", 2))
        .forEach(pair -> parameters.put(pair[0], pair[1]));
    return parameters;
  }

  /** How many were done in all. */
  private int repeat(int warmups, PrintStream out) throws Exception {
    int done = 0;
    try (BoundaryReader boundary = BoundaryReader.open()) {
      while (done < warmups || !isEnough(done - warmups)) {
        for (int measure = 0; measure < seconds.size(); measure++) {
          WorkerLine line = once(measure, done - warmups, boundary);
          if (done >= warmups) {
            out.println(line.text());
            seconds.get(measure).add(line.nanos() / 1e9);
            spentNanos += line.nanos();
          }
        }
        done++;
      }
    }
    return done;
  }

  private WorkerLine once(int measure, int repetition, BoundaryReader boundary) throws Exception {
    BoundaryReader.Totals before = boundary.read();
    long epochMillis = System.currentTimeMillis();
    long began = System.nanoTime();
    workload.run(measure);
    long nanos = System.nanoTime() - began;
    return new WorkerLine(measure, repetition, epochMillis, nanos, before.until(boundary.read()));
  }

  private boolean isEnough(int repetitions) {
    return repetitions > 0
        && rule.isMet(
            repetitions,
            seconds.stream()
                .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
                .toList(),
            spentNanos);
  }
}
