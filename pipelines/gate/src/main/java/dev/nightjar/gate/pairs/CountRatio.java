package dev.nightjar.gate.pairs;

import dev.nightjar.gate.statistics.Interval;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of two programs' counts, and how sure it is by how much the counts of each differ among
 * themselves: Student's interval of the difference of mean logarithms. The runs of a pair have
 * nothing in common that would make it narrower to compare them pair by pair.
 *
 * @param logRatio of B over A
 * @param standardError of it; 0 where the counts of each are all alike
 * @param degrees of freedom
 */
record CountRatio(double logRatio, double standardError, int degrees) {

  /** Of as many counts of each, two at least, all above zero. */
  static CountRatio of(double[] as, double[] bs) {
    double[] logsOfA = Arrays.stream(as).map(Math::log).toArray();
    double[] logsOfB = Arrays.stream(bs).map(Math::log).toArray();
    double meanOfA = mean(logsOfA);
    double meanOfB = mean(logsOfB);
    int degrees = 2 * as.length - 2;
    double variance = (squares(logsOfA, meanOfA) + squares(logsOfB, meanOfB)) / degrees;
    return new CountRatio(meanOfB - meanOfA, Math.sqrt(variance * 2 / as.length), degrees);
  }

  private static double mean(double[] values) {
    // By differences from the first, so that equal values have exactly that mean.
    double first = values[0];
    return first + Arrays.stream(values).map(value -> value - first).average().orElse(0);
  }

  private static double squares(double[] values, double mean) {
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }

  /** As a relative change, 0.05 being 5 % more. */
  double effect() {
    return Math.expm1(logRatio);
  }

  /** The interval that each of its two ends holds with probability 1 − tail. */
  Interval interval(double tail) {
    double reach = standardError * TDistribution.of(degrees).inverseSurvivalProbability(tail);
    return new Interval(Math.expm1(logRatio - reach), Math.expm1(logRatio + reach));
  }
}
