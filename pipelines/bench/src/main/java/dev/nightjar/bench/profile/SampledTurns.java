package dev.nightjar.bench.profile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of both versions under a sampler, in turns as the measured ones are, until there are enough
 * samples to tell functions apart, or the time is over.
 */
final class SampledTurns {
  private static final int FEWEST_RUNS = 5;
  private static final int MOST_RUNS = 60;
  private static final int ENOUGH_SAMPLES = 6000;

  private final Sampler sampler;
  private final long deadlineNanos;
  private final List<CallTree> base = new ArrayList<>();
  private final List<CallTree> head = new ArrayList<>();

  SampledTurns(Sampler sampler, long deadlineNanos) {
    this.sampler = sampler;
    this.deadlineNanos = deadlineNanos;
  }

  List<CallTree> base() {
    return base;
  }

  List<CallTree> head() {
    return head;
  }

  /** Runs them, each at least once. */
  void run(Path baseTree, Path headTree) throws ProfileFailed, InterruptedException {
    long longest = 0;
    for (int turn = 0; turn < MOST_RUNS && !isEnough(); turn++) {
      long began = System.nanoTime();
      if (turn > 0 && deadlineNanos - began < longest) {
        return;
      }
      if (turn % 2 == 0) {
        sample(baseTree, base);
        sample(headTree, head);
      } else {
        sample(headTree, head);
        sample(baseTree, base);
      }
      longest = Math.max(longest, System.nanoTime() - began);
    }
  }

  private void sample(Path tree, List<CallTree> into) throws ProfileFailed, InterruptedException {
    Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
    if (!left.isPositive()) {
      throw new ProfileFailed("the time for profiling was over before both versions had run");
    }
    into.add(sampler.sample(tree, left));
  }

  private boolean isEnough() {
    return base.size() >= FEWEST_RUNS && Math.min(samples(base), samples(head)) >= ENOUGH_SAMPLES;
  }

  private static double samples(List<CallTree> runs) {
    return runs.stream().mapToDouble(run -> run.total() / run.sampleCost()).sum();
  }
}
