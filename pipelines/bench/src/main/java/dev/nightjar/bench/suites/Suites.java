package dev.nightjar.bench.suites;

import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Skip;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The built-in suites by name. */
public final class Suites {
  /** Every name that may stand under {@code suites} in {@code nightjar.yaml}. */
  public static final List<String> NAMES =
      List.of("memory", "links", "compute", "launch", "inference", "burn", "kernel-path");

  private Suites() {}

  /**
   * Refuses what is no suite.
   *
   * @throws Failure.Misuse naming the nearest one
   */
  public static void check(String name) {
    if (!NAMES.contains(name)) {
      String nearest =
          NAMES.stream().min(Comparator.comparingInt(known -> distance(known, name))).orElseThrow();
      throw new Failure.Misuse(
          "There is no suite '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "': did you mean '"
              + nearest
              + "'? The suites are "
              + String.join(", ", NAMES)
              + ".");
    }
  }

  /**
   * Runs a suite, or tells why it is left out.
   *
   * @param cpus the CPUs it may run on; absent for all that this process may use
   */
  public static BenchmarkOutcome run(String name, RunObserver observer, @Nullable BitSet cpus)
      throws InterruptedException {
    check(name);
    if (name.equals(MemorySuite.NAME)) {
      return MemorySuite.run(observer, cpus);
    }
    String reason = "this version of Nightjar does not have the suite " + name + " yet";
    observer.skipped(new Skip("benchmarks", name, reason));
    return new BenchmarkOutcome(End.SKIPPED, 0, reason, null, "", List.of());
  }

  /** Levenshtein's; names are short. */
  static int distance(String one, String other) {
    String bounded = other.length() > 40 ? other.substring(0, 40) : other;
    int[] previous = new int[bounded.length() + 1];
    for (int j = 0; j <= bounded.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[bounded.length() + 1];
      current[0] = i;
      for (int j = 1; j <= bounded.length(); j++) {
        int change = one.charAt(i - 1) == bounded.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[bounded.length()];
  }
}
