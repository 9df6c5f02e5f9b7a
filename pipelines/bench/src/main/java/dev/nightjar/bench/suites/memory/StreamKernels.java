package dev.nightjar.bench.suites.memory;

import dev.nightjar.bench.suites.Workload;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/**
 * BabelStream's five kernels over three arrays of doubles.
 *
 * <p>After BabelStream (Deakin, Price, Martineau, McIntosh-Smith: "Evaluating attainable memory
 * bandwidth of parallel programming models via BabelStream", 2018): a starts as 0.1, b as 0.2, c as
 * 0; the scalar is 0.4; each repetition runs copy, mul, add, triad, dot in this order; at the end
 * the arrays must agree with the values computed alongside, to 100 epsilons on average, and the dot
 * product to 1e-8. The arrays lie on the heap, where the compiler makes vector code of the loops.
 * Each thread first touches the part that it works on.
 */
final class StreamKernels implements Workload {
  static final List<String> NAMES = List.of("copy", "mul", "add", "triad", "dot");

  /** Arrays read or written by each kernel. */
  static final List<Integer> ARRAYS = List.of(2, 2, 3, 3, 2);

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

  StreamKernels(int elements, int threads) {
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

  /**
   * Compiles the kernels on arrays that are thrown away, so that the first repetition is no
   * interpreter's, and has each thread touch its part first.
   */
  @Override
  public void warmUp() throws InterruptedException, BrokenBarrierException {
    new StreamKernels(WARM_ELEMENTS, 1).compile();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread.ofPlatform().daemon().start(() -> serve(number));
    }
    run(-1);
  }

  private void compile() {
    for (int i = 0; i < WARM_ROUNDS; i++) {
      work(-1, 0, elements, 0);
      for (int k = 0; k < NAMES.size(); k++) {
        work(k, 0, elements, 0);
      }
    }
  }

  @Override
  public void run(int measure) throws InterruptedException, BrokenBarrierException {
    kernel = measure;
    start.await();
    end.await();
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

  @Override
  public @Nullable String mistake(int repetitions) {
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
    double dot = 0;
    for (int i = 0; i < threads; i++) {
      dot += sums[i * 8];
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
