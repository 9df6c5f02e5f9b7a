package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.estimate.Robust;

/**
 * One run as one number: the weighted median of its repetitions, and how uncertain it is by them
 * alone. Repetitions in one run share their process start, page placement and hour, so however many
 * there are, between runs only this one number counts.
 *
 * @param level on the scale of comparison
 * @param standardError of the level by the spread of the repetitions; 0 for a single one
 */
record RunLevel(double level, double standardError) {

  /** The standard error of a median over that of a mean, on normal noise: √(π/2). */
  private static final double MEDIAN_INEFFICIENCY = Math.sqrt(Math.PI / 2);

  static RunLevel of(RunValues run, Scale scale) {
    if (run.values().length == 1) {
      return new RunLevel(scale.of(run.values()[0]), 0); // as most test reports have it
    }
    double[] scaled = new double[run.values().length];
    double weight = 0;
    double squaredWeight = 0;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = scale.of(run.values()[i]);
      weight += run.weights()[i];
      squaredWeight += run.weights()[i] * run.weights()[i];
    }
    double level = Robust.weightedMedian(scaled, run.weights());
    double effectiveCount = weight * weight / squaredWeight;
    double error =
        MEDIAN_INEFFICIENCY * Robust.deviationFrom(level, scaled) / Math.sqrt(effectiveCount);
    return new RunLevel(level, error);
  }
}
