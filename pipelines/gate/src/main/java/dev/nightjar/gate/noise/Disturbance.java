package dev.nightjar.gate.noise;

import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.Condition;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.model.telemetry.Loss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What disturbed a repetition, by what was read of the machine meanwhile, against what is usual
 * when nothing does. A disturbed sample is believed less; it is never left out.
 *
 * <p>Every reading is turned into the share of the wall time that it cost. It counts beyond {@link
 * QuietBaseline}'s usual level by four robust deviations and by {@value #LEAST_SHARE_PERCENT} % of
 * the wall time. One condition shows in several readings, so each cause is first relieved of what
 * another explains: a throttled task and one whose CPU was stolen wait for a CPU too, and evicted
 * pages are read back by I/O.
 *
 * @param weight how far the sample is believed, within (0, 1]: 1 when undisturbed, a half when 5 %
 *     of its time was lost
 * @param causes the largest first; empty when undisturbed
 */
public record Disturbance(double weight, List<Cause> causes) {
  private static final int LEAST_SHARE_PERCENT = 2;
  private static final double LEAST = LEAST_SHARE_PERCENT / 100.0;
  private static final double HALVING_SHARE = 0.05;
  private static final double LEAST_WEIGHT = 0.02;

  /**
   * One cause.
   *
   * @param share of the wall time that it cost, beyond the usual
   */
  public record Cause(Condition condition, double share) {
    /** Cause and size, for people. */
    public String sentence() {
      return String.format(
          Locale.ROOT, "%s (%.0f %% of the time)", condition.sentence(), 100 * share);
    }
  }

  public Disturbance {
    causes = List.copyOf(causes);
  }

  /** What disturbed the sample. */
  public static Disturbance of(Sample sample, QuietBaseline quiet) {
    Map<Condition, Double> shares = new EnumMap<>(Condition.class);
    for (Indicator indicator : Indicator.weighed()) {
      indicator
          .condition()
          .ifPresent(condition -> shares.put(condition, quiet.excess(indicator, sample, LEAST)));
    }
    addWhatTellsTogether(shares, sample, quiet);
    List<Cause> causes = new ArrayList<>();
    shares.forEach((condition, share) -> add(causes, condition, share));
    causes.sort(Comparator.comparingDouble(Cause::share).reversed());
    double lost = causes.stream().mapToDouble(Cause::share).sum() / HALVING_SHARE;
    return new Disturbance(Math.max(LEAST_WEIGHT, 1 / (1 + lost * lost)), causes);
  }

  /** The conditions that show in several readings, each relieved of what another explains. */
  private static void addWhatTellsTogether(
      Map<Condition, Double> shares, Sample sample, QuietBaseline quiet) {
    double faults = quiet.excess(Indicator.MAJOR_FAULTS, sample, leastFaultShare(sample));
    double io = quiet.excess(Indicator.IO_PRESSURE, sample, LEAST);
    boolean isMemoryShort = shares.getOrDefault(Condition.MEMORY_PRESSURE, 0.0) > 0;
    // Pages that had to be read back while memory was short are a sign of that shortage.
    shares.put(
        Condition.PAGE_CACHE_EVICTION,
        isMemoryShort || faults == 0 ? 0 : Math.max(faults > LEAST ? faults : 0, io));
    shares.put(Condition.IO, isMemoryShort || faults > 0 ? 0 : io);
    // The program's own wait, where it was read: pressure tells that anybody waited.
    boolean isOwnWaitKnown = LostShare.of(Indicator.RUN_QUEUE_WAIT, sample).isPresent();
    double waited =
        quiet.excess(
            isOwnWaitKnown ? Indicator.RUN_QUEUE_WAIT : Indicator.CPU_PRESSURE, sample, LEAST);
    shares.put(
        Condition.CPU_COMPETITION,
        waited
            - shares.getOrDefault(Condition.STEAL, 0.0)
            - shares.getOrDefault(Condition.THROTTLING, 0.0));
  }

  /**
   * A single fault tells why there was I/O, even where its own share would be too small to count.
   */
  private static double leastFaultShare(Sample sample) {
    double one = Loss.FAULTS.share(1, sample.wallNanos());
    return Math.min(LEAST, one / 2);
  }

  private static void add(List<Cause> causes, Condition condition, double share) {
    if (share > 0) {
      causes.add(new Cause(condition, Math.min(1, share)));
    }
  }

  /** Causes and sizes in one line, for people; empty when undisturbed. */
  public String sentence() {
    return causes.stream().map(Cause::sentence).collect(Collectors.joining(", "));
  }

  /** Whether anything disturbed it. */
  public boolean isDisturbed() {
    return !causes.isEmpty();
  }
}
