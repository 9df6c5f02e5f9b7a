package dev.nightjar.gate.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationScoreTest {
  private static final int[] NONE = {};

  @Test
  void scoresKnownCases() {
    assertEquals(new SegmentationScore(1, 1), SegmentationScore.of(NONE, NONE, 100));
    SegmentationScore near = SegmentationScore.of(new int[] {50}, new int[] {55}, 100);
    assertEquals(1, near.f1());
    assertEquals((50 * 50 / 55.0 + 50 * 45 / 50.0) / 100, near.cover(), 1e-12);
    assertEquals(0.5, SegmentationScore.of(new int[] {50}, new int[] {56}, 100).f1());
    assertEquals(0.8, SegmentationScore.of(new int[] {50}, new int[] {49, 51}, 100).f1(), 1e-12);
    assertEquals(0.5, SegmentationScore.of(new int[] {50}, NONE, 100).cover());
  }

  /** Precision 2 of 3 (0, 50; not 80); recall 1 of the first, 2 of 2 of the second. */
  @Test
  void ofSeveralPeopleAnyMarkMakesAFindRight() {
    SegmentationScore score =
        SegmentationScore.ofSeveral(List.of(NONE, new int[] {52}), new int[] {50, 80}, 100);
    assertEquals(2 * (2 / 3.0) / (2 / 3.0 + 1), score.f1(), 1e-9);
    assertEquals((0.5 + (52 * 50 / 52.0 + 48 * 28 / 50.0) / 100) / 2, score.cover(), 1e-9);
  }

  @Test
  void everyMethodFindsAClearStep() {
    double[] values = new double[100];
    for (int i = 0; i < 100; i++) {
      values[i] = (i < 50 ? 0 : 10) + Math.sin(i * i);
    }
    for (Detector detector :
        List.of(Detector.own(), new Pelt(), new BinarySegmentation(), new EDivisive(30))) {
      assertArrayEquals(new int[] {50}, detector.detect(values), detector.name());
    }
  }

  @Test
  void isAheadOnAFewSeriesOfEveryFamily() {
    List<LabelledSeries> all = new SeriesGenerator(7).generate(8);
    double own = f1(Detector.own(), all);
    double pelt = f1(new Pelt(), all);
    double binary = f1(new BinarySegmentation(), all);
    System.out.printf("F1, seed 7: own %.3f, PELT %.3f, BinSeg %.3f%n", own, pelt, binary);
    assertTrue(own > 0.8 && own > pelt + 0.1 && own > binary + 0.1);
  }

  private static double f1(Detector detector, List<LabelledSeries> all) {
    return all.stream()
        .mapToDouble(series ->
            SegmentationScore.of(
                    series.changes(), detector.detect(series.values()), series.values().length)
                .f1())
        .average()
        .orElseThrow();
  }
}
