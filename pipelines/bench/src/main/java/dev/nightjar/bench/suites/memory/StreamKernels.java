package dev.nightjar.bench.suites;

import dev.nightjar.kernel.process.BoundaryReader;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/**
 * The program that measures memory: BabelStream's five kernels over three arrays of doubles, in a
 * JVM of its own.
 *
 * <p>After BabelStream (Deakin, Price, Martineau, McIntosh-Smith: "Evaluating attainable memory
 * bandwidth of parallel programming models via BabelStream", 2018): a starts as 0.1, b as 0.2, c as
 * 0; the scalar is 0.4; each repetition runs copy, mul, add, triad, dot in this order; at the end
 * the arrays must agree with the values computed alongside, to 100 epsilons on average, and the dot
 * product to 1e-8. The arrays lie on the heap, where the compiler makes vector code of the loops.
 * Each thread first touches the part that it works on.
 *
 * <p>Prints a line for each kernel and repetition, then {@code valid}; on a wrong result a sentence
 * and exit code 3.
 */
final class StreamWorker {
  static final String[] KERNELS = {"copy", "mul", "add", "triad", "dot"};

  /** Arrays read or written by each kernel. */
  static final int[] ARRAYS = {2, 2, 3, 3, 2};

  private static final double START_A = 0.1;
  private static final double START_B = 0.2;
  private static final double SCALAR = 0.4;
  private static final int WARM_ELEMENTS = 1 << 12;
  private static final int WARM_ROUNDS = 4000;

  private final int elements;
  private final int threads;
  private final double[] a;
  private final double[] b;
  private final double[] c;
  private final double[] sums;
  private final CyclicBarrier start;
  private final CyclicBarrier end;
  private volatile int kernel;

  private StreamWorker(int elements, int threads) {
    this.elements = elements;
    this.threads = threads;
    this.a = new double[elements];
    this.b = new double[elements];
    this.c = new double[elements];
    // A cache line apart, so that the threads' results do not share one.
    this.sums = new double[threads * 8];
    this.start = new CyclicBarrier(threads + 1);
    this.end = new CyclicBarrier(threads + 1);
  }

  public static void main(String[] arguments) throws Exception {
    // Digits and letters of a person's language would reach files and databases.
    Locale.setDefault(Locale.ROOT);
    int elements = Integer.parseInt(arguments[0]);
    int repetitions = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    // Compiled on arrays that are thrown away, so that the first repetition is no interpreter's.
    new StreamWorker(WARM_ELEMENTS, 1).compile();
    StreamWorker worker = new StreamWorker(elements, threads);
    double dot = worker.run(repetitions, System.out);
    String wrong = worker.check(repetitions, dot);
    if (wrong != null) {
      System.err.println(wrong);
      System.exit(3);
    }
    System.out.println("valid");
    System.exit(0);
  }

  private void compile() {
    for (int i = 0; i < WARM_ROUNDS; i++) {
      work(-1, 0, elements, 0);
      for (int k = 0; k < KERNELS.length; k++) {
        work(k, 0, elements, 0);
      }
    }
  }

  /** The dot product of the last repetition. */
  private double run(int repetitions, PrintStream out) throws Exception {
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread.ofPlatform().daemon().start(() -> serve(number));
    }
    step(-1);
    double dot = 0;
    try (BoundaryReader boundary = BoundaryReader.open()) {
      for (int repetition = 0; repetition < repetitions; repetition++) {
        for (int k = 0; k < KERNELS.length; k++) {
          BoundaryReader.Totals before = boundary.read();
          long epochMillis = System.currentTimeMillis();
          long nanos = step(k);
          out.println(line(k, repetition, epochMillis, nanos, before.until(boundary.read())));
        }
        dot = 0;
        for (int i = 0; i < threads; i++) {
          dot += sums[i * 8];
        }
      }
    }
    return dot;
  }

  private static String line(
      int k, int repetition, long epochMillis, long nanos, BoundaryReadings readings) {
    return String.format(
        Locale.ROOT,
        "%s %d %d %d %s %s %s %s %s",
        KERNELS[k],
        repetition,
        epochMillis,
        nanos,
        readings.cpuPressureNanos(),
        readings.memoryPressureNanos(),
        readings.ioPressureNanos(),
        readings.stealNanos(),
        readings.throttledNanos());
  }

  private long step(int k) throws InterruptedException, BrokenBarrierException {
    kernel = k;
    long nanos = System.nanoTime();
    start.await();
    end.await();
    return System.nanoTime() - nanos;
  }

  private void serve(int number) {
    int from = (int) ((long) elements * number / threads);
    int to = (int) ((long) elements * (number + 1) / threads);
    try {
      while (true) {
        start.await();
        work(kernel, from, to, number);
        end.await();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt(); // the program is ending
    }
  }

  private void work(int k, int from, int to, int number) {
    switch (k) {
      case -1 -> fill(a, b, c, from, to);
      case 0 -> copy(a, c, from, to);
      case 1 -> mul(b, c, from, to);
      case 2 -> add(a, b, c, from, to);
      case 3 -> triad(a, b, c, from, to);
      default -> sums[number * 8] = dot(a, b, from, to);
    }
  }

  private static void fill(double[] a, double[] b, double[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = START_A;
      b[i] = START_B;
      c[i] = 0;
    }
  }

  private static void copy(double[] a, double[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = a[i];
    }
  }

  private static void mul(double[] b, double[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      b[i] = SCALAR * c[i];
    }
  }

  private static void add(double[] a, double[] b, double[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = a[i] + b[i];
    }
  }

  private static void triad(double[] a, double[] b, double[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = b[i] + SCALAR * c[i];
    }
  }

  /** Eight sums side by side: one chain of additions would be slower than memory. */
  private static double dot(double[] a, double[] b, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = from;
    for (; i + 7 < to; i += 8) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      s4 += a[i + 4] * b[i + 4];
      s5 += a[i + 5] * b[i + 5];
      s6 += a[i + 6] * b[i + 6];
      s7 += a[i + 7] * b[i + 7];
    }
    double sum = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    for (; i < to; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** What is wrong with the results; absent if nothing is. */
  private @Nullable String check(int repetitions, double dot) {
    double goldA = START_A;
    double goldB = START_B;
    double goldC = 0;
    for (int i = 0; i < repetitions; i++) {
      goldC = goldA;
      goldB = SCALAR * goldC;
      goldC = goldA + goldB;
      goldA = goldB + SCALAR * goldC;
    }
    double allowed = Math.ulp(1.0) * 100;
    double worst =
        Math.max(meanError(a, goldA), Math.max(meanError(b, goldB), meanError(c, goldC)));
    double goldSum = goldA * goldB * elements;
    if (worst > allowed) {
      return "an array is wrong by " + worst + " on average, more than " + allowed;
    }
    double sumError = Math.abs((dot - goldSum) / goldSum);
    return sumError > 1e-8 ? "the dot product is wrong by " + sumError : null;
  }

  private static double meanError(double[] values, double gold) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value - gold);
    }
    return sum / values.length;
  }
}
