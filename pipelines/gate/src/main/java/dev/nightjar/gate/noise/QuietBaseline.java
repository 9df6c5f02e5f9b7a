package dev.nightjar.gate.noise;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.Indicator;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the readings are like when nothing disturbs: the level and spread of each. */
public final class QuietBaseline {
  private static final double DEVIATIONS = 4;

  /** Samples that tell what is usual without the present ones. */
  private static final int ENOUGH = 5;

  private record Usual(double level, double spread) {}

  private static final Usual NOTHING = new Usual(0, 0);

  private final Map<Indicator, Usual> usual;

  private QuietBaseline(Map<Indicator, Usual> usual) {
    this.usual = usual;
  }

  /**
   * Learns it from samples of the same series; up to half of them may be disturbed. Of what none of
   * them tells, nothing is usual.
   */
  public static QuietBaseline of(List<Sample> samples) {
    return of(samples, List.of());
  }

  /**
   * Learns it from the samples of earlier runs, and from the present ones as far as those do not
   * tell: a run that was disturbed throughout must not be its own norm. Where earlier runs tell
   * nothing, what only the machine's surroundings take is lost time however steady it is; what the
   * program itself may take, such as waiting for a disk, cannot be told from it.
   */
  public static QuietBaseline of(List<Sample> past, List<Sample> present) {
    Map<Indicator, Usual> usual = new EnumMap<>(Indicator.class);
    for (Indicator indicator : Indicator.weighed()) {
      double[] shares = shares(indicator, past);
      boolean isOfPast = shares.length >= ENOUGH;
      if (!isOfPast && indicator.isOfSurroundings()) {
        continue;
      }
      if (!isOfPast) {
        double[] own = shares(indicator, present);
        int learnt = shares.length;
        shares = Arrays.copyOf(shares, learnt + own.length);
        System.arraycopy(own, 0, shares, learnt, own.length);
      }
      if (shares.length > 0) {
        double level = Robust.median(shares);
        usual.put(indicator, new Usual(level, Robust.deviationFrom(level, shares)));
      }
    }
    return new QuietBaseline(usual);
  }

  private static double[] shares(Indicator indicator, List<Sample> samples) {
    return samples.stream()
        .map(sample -> LostShare.of(indicator, sample))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  /** The share of the wall time lost beyond the usual; 0 when it is usual, small or not read. */
  double excess(Indicator indicator, Sample sample, double leastShare) {
    Usual quiet = usual.getOrDefault(indicator, NOTHING);
    double beyond = LostShare.of(indicator, sample).orElse(quiet.level) - quiet.level;
    boolean counts = beyond > leastShare && beyond > DEVIATIONS * quiet.spread;
    return counts ? beyond : 0;
  }
}
