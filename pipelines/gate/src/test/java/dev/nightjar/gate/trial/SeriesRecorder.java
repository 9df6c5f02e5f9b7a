package dev.nightjar.gate.trial;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures real work on this machine, with more or less of it from known points on, and writes the
 * times as labelled series: one line each, {@code workload;changes;nanoseconds}. The labels are
 * right by construction; the noise is the machine's.
 */
public final class SeriesRecorder {
  private static final int SERIES_PER_WORKLOAD = 5;
  private static final long WARM_UP_NANOS = 400_000_000;

  /** Where results go, so that no work is optimised away. */
  private static final LongAdder SINK = new LongAdder();

  /** Work that takes about a millisecond per ten units. */
  private interface Workload {
    long run(int units);
  }

  private record Named(String name, int units, Workload workload) {}

  private SeriesRecorder() {}

  /** Arguments: the file to write, the seed. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      for (Named work : workloads()) {
        for (int i = 0; i < SERIES_PER_WORKLOAD; i++) {
          out.println(record(work, random));
        }
      }
    }
    System.out.println("recorded " + file + ", seed " + args[1] + " (" + SINK.sum() + ")");
  }

  private static List<Named> workloads() {
    int[] memory = new int[1 << 22];
    return List.of(
        new Named("arithmetic", 60, SeriesRecorder::arithmetic),
        new Named("memory", 60, units -> walk(memory, units)),
        new Named("sort", 40, SeriesRecorder::sort),
        new Named("digest", 40, SeriesRecorder::digest),
        new Named("allocation", 60, SeriesRecorder::allocate));
  }

  private static String record(Named work, SplittableRandom random) {
    int length = random.nextInt(80, 200);
    int[] changes = new int[random.nextInt(0, 4)];
    Arrays.setAll(changes, k -> 15 + k * length / 4 + random.nextInt(length / 4 - 15));
    long end = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < end) {
      SINK.add(work.workload.run(work.units));
    }
    List<String> times = new ArrayList<>();
    double units = work.units;
    for (int i = 0; i < length; i++) {
      if (Arrays.binarySearch(changes, i) >= 0) {
        double factor = 1 + random.nextDouble(0.05, 0.4);
        units *= random.nextBoolean() ? factor : 1 / factor;
      }
      long start = System.nanoTime();
      SINK.add(work.workload.run((int) units));
      times.add(Long.toString(System.nanoTime() - start));
    }
    return String.format(
        Locale.ROOT,
        "%s;%s;%s",
        work.name,
        String.join(" ", Arrays.stream(changes).mapToObj(Integer::toString).toList()),
        String.join(" ", times));
  }

  private static long arithmetic(int units) {
    long x = 88_172_645_463_325_252L;
    for (int i = 0; i < units * 30_000; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  private static long walk(int[] memory, int units) {
    int at = 0;
    for (int i = 0; i < units * 3_000; i++) {
      at = (at * 1_664_525 + 1_013_904_223 + memory[at & (memory.length - 1)]) ^ i;
      memory[at & (memory.length - 1)]++;
    }
    return at;
  }

  private static long sort(int units) {
    int[] values = new SplittableRandom(1).ints(units * 1_500L).toArray();
    Arrays.sort(values);
    return values[0];
  }

  private static long digest(int units) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[10_000];
      for (int i = 0; i < units; i++) {
        sha.update(block);
      }
      return sha.digest()[0];
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long allocate(int units) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < units * 1_000; i++) {
      words.add("word " + i);
    }
    return words.hashCode();
  }
}
