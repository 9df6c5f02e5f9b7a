package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RobustTest {
  @Provide
  Arbitrary<double[]> levels() {
    return Arbitraries.doubles()
        .between(-1e6, 1e6)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Test
  void knownLocations() {
    assertEquals(2.5, Robust.median(new double[] {4, 1, 3, 2}));
    assertEquals(3, Robust.median(new double[] {9, 3, 1}));
    assertEquals(2, Robust.hodgesLehmann(new double[] {1, 2, 3}));
    assertEquals(1.4826, Robust.deviationFrom(0, new double[] {-1, 1, 100}), 1e-4);
    assertEquals(5, Robust.weightedMedian(new double[] {1, 5, 9}, new double[] {0.1, 1, 0.2}));
    assertEquals(1.5, Robust.weightedMedian(new double[] {2, 1}, new double[] {1, 1}));
  }

  @Property(tries = 300)
  void equalWeightsGiveThePlainMedian(@ForAll("levels") double[] values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    assertEquals(Robust.median(values), Robust.weightedMedian(values, weights), 1e-6);
  }

  @Property(tries = 300)
  void aLocationLiesAmongItsValuesAndMovesWithThem(@ForAll("levels") double[] values) {
    double location = Robust.hodgesLehmann(values);
    assertTrue(location >= Arrays.stream(values).min().orElseThrow());
    assertTrue(location <= Arrays.stream(values).max().orElseThrow());
    double[] moved = Arrays.stream(values).map(value -> value + 1000).toArray();
    assertEquals(location + 1000, Robust.hodgesLehmann(moved), 1e-6);
  }
}
