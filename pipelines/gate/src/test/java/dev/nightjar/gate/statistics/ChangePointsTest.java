package dev.nightjar.gate.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.ChangePoint;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
  private static final long SEED = 11;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private double[] noise(int length) {
    return random.doubles(length).map(u -> random.nextGaussian()).toArray();
  }

  private double[] stepped(int length, int at, double size) {
    double[] values = noise(length);
    for (int i = at; i < length; i++) {
      values[i] += size;
    }
    return values;
  }

  private static int[] indexes(double[] values) {
    return ChangePoints.detect(values).stream().mapToInt(ChangePoint::index).toArray();
  }

  private static void assertNone(double... values) {
    assertEquals(List.of(), ChangePoints.detect(values));
  }

  @Test
  void findsAStepWithItsLevels() {
    List<ChangePoint> changes = ChangePoints.detect(stepped(100, 60, 5));
    assertEquals(1, changes.size());
    ChangePoint change = changes.getFirst();
    assertEquals(60, change.index(), 1);
    assertEquals(0, change.before(), 0.5);
    assertEquals(5, change.after(), 0.5);
    assertTrue(change.confidence() > 0.99 && change.confidence() < 1);
  }

  @Test
  void theIndexIsTheFirstPointOfTheNewRegime() {
    assertEquals(
        List.of(new ChangePoint(6, ChangePoints.detect(exactStep()).getFirst().confidence(), 1, 2)),
        ChangePoints.detect(exactStep()));
  }

  private static double[] exactStep() {
    return new double[] {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2};
  }

  @Test
  void countsMissingValuesInTheIndexAndNotAsValues() {
    double[] values = stepped(100, 60, 6);
    for (int i = 3; i < 100; i += 7) {
      values[i] = Double.NaN;
    }
    int[] found = indexes(values);
    assertEquals(1, found.length);
    assertEquals(60, found[0], 1);
    double[] none = new double[50];
    Arrays.fill(none, Double.NaN);
    assertNone(none);
  }

  @Test
  void saysNothingOfTooFewOrEqualValues() {
    assertNone();
    assertNone(1);
    assertNone(1, 9, 1, 9, 1);
    assertNone(new double[200]);
    double[] jitter = new double[200];
    Arrays.setAll(jitter, i -> 1 + (i % 2) * 1e-16);
    assertNone(jitter);
  }

  @Test
  void findsAStepAmongEightPoints() {
    assertEquals(4, indexes(new double[] {10, 11, 10, 11, 30, 31, 30, 31})[0]);
  }

  @Test
  void outliersDriftOtherVarianceAndModesAreNoChanges() {
    double[] outliers = noise(150);
    for (int i : new int[] {20, 21, 77, 120, 121, 122}) {
      outliers[i] += 25;
    }
    assertNone(outliers);
    double[] drift = noise(150);
    double[] louder = noise(150);
    double[] modes = noise(150);
    for (int i = 0; i < 150; i++) {
      drift[i] += 0.05 * i;
      louder[i] *= i < 75 ? 1 : 4;
      modes[i] += random.nextInt(3) == 0 ? 6 : 0;
    }
    assertNone(drift);
    assertNone(louder);
    assertNone(modes);
  }

  @Test
  void countsAndTiesAreNoTrouble() {
    double[] values = new double[120];
    Arrays.setAll(values, i -> (i < 50 ? 3 : 5) + random.nextInt(2));
    assertEquals(50, indexes(values)[0], 1);
    double[] rare = new double[120];
    rare[40] = 1;
    rare[90] = 1;
    assertNone(rare);
  }

  @Test
  void hardlyEverFindsAChangeInPureNoise() {
    int found = 0;
    for (int k = 0; k < 400; k++) {
      found += ChangePoints.detect(noise(random.nextInt(20, 300))).isEmpty() ? 0 : 1;
    }
    System.out.println("pure noise with a change: " + found + " of 400, seed " + SEED);
    assertTrue(found <= 8, found + " of 400, seed " + SEED);
  }

  @Test
  void unitsAndOriginDoNotMatter() {
    System.out.println("ChangePointsTest: seed " + SEED);
    for (int e = -250; e <= 250; e += 9) {
      double[] values = stepped(90, 40, 4);
      double unit = Math.pow(2, e);
      double[] scaled = Arrays.stream(values).map(value -> value * unit).toArray();
      double[] mirrored = Arrays.stream(values).map(value -> -value).toArray();
      assertEquals(Arrays.toString(indexes(values)), Arrays.toString(indexes(scaled)), "2^" + e);
      assertEquals(Arrays.toString(indexes(values)), Arrays.toString(indexes(mirrored)));
    }
  }

  @Test
  void anyInputGivesAscendingPlacesInIt() {
    System.out.println("ChangePointsTest: seed " + SEED);
    for (int k = 0; k < 400; k++) {
      double[] values = new double[random.nextInt(0, 60)];
      // Any bits: NaN, infinities, subnormal, huge; now and then a few values again and again.
      double[] few = {0, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, 1};
      boolean isAny = k % 2 == 0;
      Arrays.setAll(
          values,
          i ->
              isAny ? Double.longBitsToDouble(random.nextLong()) : few[random.nextInt(few.length)]);
      int last = 0;
      for (ChangePoint change : ChangePoints.detect(values)) {
        assertTrue(change.index() > last && change.index() < values.length);
        assertTrue(change.confidence() > 0 && change.confidence() < 1);
        assertTrue(Double.isFinite(change.before()) && Double.isFinite(change.after()));
        last = change.index();
      }
    }
  }

  @Test
  void tenThousandPointsNeedNoQuadraticTime() {
    double[] values = noise(10_000);
    for (int i = 0; i < values.length; i++) {
      values[i] += i / 50 % 2 * 8;
    }
    ChangePoints.detect(values);
    long start = System.nanoTime();
    int found = ChangePoints.detect(values).size();
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.println("10,000 points, " + found + " changes: " + millis + " ms");
    assertTrue(found > 190, found + " of 199 changes");
    assertTrue(millis < 3_000, millis + " ms"); // the bar is 200 on an idle machine
  }
}
