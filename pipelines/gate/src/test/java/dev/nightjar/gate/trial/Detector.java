package dev.nightjar.gate.trial;

import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.model.ChangePoint;

/** A way to find change points. */
interface Detector {
  String name();

  /** The first point of every new regime, ascending. */
  int[] detect(double[] values);

  /** This room's own. */
  static Detector own() {
    return new Detector() {
      @Override
      public String name() {
        return "Nightjar";
      }

      @Override
      public int[] detect(double[] values) {
        return ChangePoints.detect(values).stream().mapToInt(ChangePoint::index).toArray();
      }
    };
  }
}
