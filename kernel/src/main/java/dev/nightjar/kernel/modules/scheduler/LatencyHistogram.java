package dev.nightjar.kernel.modules.scheduler;

import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How often a thread waited how long for a CPU after it was woken. The buckets double: number i
 * holds waits of 2^i to 2^(i+1) nanoseconds, the first also those below.
 */
public final class LatencyHistogram {
  static final LatencyHistogram EMPTY = new LatencyHistogram(new long[SchedulerAbi.BUCKETS]);

  private final long[] counts;

  LatencyHistogram(long[] counts) {
    this.counts = Arrays.copyOf(counts, SchedulerAbi.BUCKETS);
  }

  /** Wake-ups in all. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /**
   * A time below which the given share of the wake-ups waited: the upper end of its bucket, so at
   * most twice the truth.
   *
   * @param share above 0, at most 1
   * @return empty if there were no wake-ups
   */
  public Optional<Duration> below(double share) {
    double wanted = share * count();
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen > 0 && seen >= wanted) {
        return Optional.of(Duration.ofNanos(2L << bucket));
      }
    }
    return Optional.empty();
  }

  /** Both together. */
  public LatencyHistogram plus(LatencyHistogram other) {
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new LatencyHistogram(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyHistogram that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
