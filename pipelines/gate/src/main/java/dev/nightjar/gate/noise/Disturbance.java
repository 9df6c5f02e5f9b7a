package dev.nightjar.gate.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
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

  /** A condition of the machine. */
  public enum Condition {
    STEAL("the hypervisor gave the CPU to others"),
    THROTTLING("the control group's CPU quota was used up"),
    MEMORY_PRESSURE("memory was short"),
    PAGE_CACHE_EVICTION("pages had to be read back from disk"),
    IO("the disk was busy"),
    CPU_COMPETITION("other programs took the CPU"),
    SLOW_CLOCK("the CPU's clock was slower than usual");

    private final String sentence;

    Condition(String sentence) {
      this.sentence = sentence;
    }

    /** What happened, for people. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * One cause.
   *
   * @param share of the wall time that it cost, beyond the usual
   */
  public record Cause(Condition condition, double share) {
    /** Cause and size, for people. */
    public String sentence() {
      return String.format(
          Locale.ROOT, "%s (%.0f %% of the time)", condition.sentence, 100 * share);
    }
  }

  public Disturbance {
    causes = List.copyOf(causes);
  }

  /** What disturbed the sample. */
  public static Disturbance of(Observation sample, QuietBaseline quiet) {
    ToDoubleFunction<Indicator> excess = indicator -> quiet.excess(indicator, sample, LEAST);
    List<Cause> causes = new ArrayList<>();
    double steal = excess.applyAsDouble(Indicator.STEAL);
    double throttled = excess.applyAsDouble(Indicator.THROTTLED);
    double faults = quiet.excess(Indicator.MAJOR_FAULTS, sample, leastFaultShare(sample));
    double memory = excess.applyAsDouble(Indicator.MEMORY_PRESSURE);
    double io = excess.applyAsDouble(Indicator.IO_PRESSURE);
    // The program's own wait, where it was read: pressure tells that anybody waited.
    boolean isOwnWaitKnown = Indicator.RUN_QUEUE_WAIT.share(sample).isPresent();
    double waited =
        excess.applyAsDouble(isOwnWaitKnown ? Indicator.RUN_QUEUE_WAIT : Indicator.CPU_PRESSURE);
    add(causes, Condition.STEAL, steal);
    add(causes, Condition.THROTTLING, throttled);
    add(causes, Condition.MEMORY_PRESSURE, memory);
    // Pages that had to be read back while memory was short are a sign of that shortage.
    add(
        causes,
        Condition.PAGE_CACHE_EVICTION,
        memory > 0 || faults == 0 ? 0 : Math.max(faults > LEAST ? faults : 0, io));
    add(causes, Condition.IO, memory > 0 || faults > 0 ? 0 : io);
    add(causes, Condition.CPU_COMPETITION, waited - steal - throttled);
    add(causes, Condition.SLOW_CLOCK, excess.applyAsDouble(Indicator.CLOCK));
    causes.sort(Comparator.comparingDouble(Cause::share).reversed());
    double lost = causes.stream().mapToDouble(Cause::share).sum() / HALVING_SHARE;
    return new Disturbance(Math.max(LEAST_WEIGHT, 1 / (1 + lost * lost)), causes);
  }

  /**
   * A single fault tells why there was I/O, even where its own share would be too small to count.
   */
  private static double leastFaultShare(Observation sample) {
    double one = Indicator.NANOS_PER_FAULT / sample.sample().wallNanos();
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
