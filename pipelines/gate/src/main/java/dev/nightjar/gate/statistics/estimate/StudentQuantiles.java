package dev.nightjar.gate.statistics.estimate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Quantiles of Student's distribution. Each is a search that takes microseconds, and the series of
 * a run ask for the same few: as many degrees of freedom as there are runs, at the error of the
 * policy. Those are remembered; of degrees that rounding made, no two series have the same.
 */
public final class StudentQuantiles {
  private static final int MOST_DEGREES = 8;
  private static final int MOST_REMEMBERED = 1000;

  /** By whole degrees of freedom, then by the tail. */
  private static final List<Map<Double, Double>> REMEMBERED =
      IntStream.rangeClosed(0, MOST_DEGREES)
          .<Map<Double, Double>>mapToObj(degrees -> new ConcurrentHashMap<>())
          .toList();

  private StudentQuantiles() {}

  /** What a value exceeds with the probability of the tail. */
  public static double upper(double degreesOfFreedom, double tail) {
    int whole = (int) degreesOfFreedom;
    if (whole != degreesOfFreedom || whole > MOST_DEGREES) {
      return found(degreesOfFreedom, tail);
    }
    Map<Double, Double> remembered = REMEMBERED.get(whole);
    Double known = remembered.get(tail);
    if (known == null) {
      known = found(degreesOfFreedom, tail);
      if (remembered.size() < MOST_REMEMBERED) {
        remembered.put(tail, known);
      }
    }
    return known;
  }

  private static double found(double degreesOfFreedom, double tail) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(tail);
  }
}
