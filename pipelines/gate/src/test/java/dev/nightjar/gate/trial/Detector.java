package dev.nightjar.gate.trial;

import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.gate.statistics.series.Kink;
import dev.nightjar.gate.statistics.series.Kinks;
import dev.nightjar.model.ChangePoint;

/** A way to find change points. */
interface Detector {
  String name();

  /** The first point of every new regime, ascending. */
  int[] detect(double[] values);

  /** Where the slope breaks, ascending; none where a method does not tell. */
  default int[] kinks(double[] values) {
    return new int[0];
  }

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

      @Override
      public int[] kinks(double[] values) {
        return Kinks.detect(values, ChangePoints.detect(values)).stream()
            .mapToInt(Kink::index)
            .toArray();
      }
    };
  }
}
