package dev.nightjar.gate.statistics.series;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.model.ChangePoint;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the loss that no run shows: a level that creeps, run by run, beyond what matters.
 *
 * <p>Looked at are the newest runs, in windows of a ladder that grows by a third. A window shows a
 * drift when Mann and Kendall's test ({@link TrendTest}) calls its trend none of noise's, and Sen's
 * slope carries it beyond the smallest difference that matters.
 *
 * <p><b>A step is no drift.</b> Steps the same way ({@link ChangePoints}) are taken out first;
 * steps the other way are not, as noise that wanders upwards and falls back has just these, and
 * would rise without end. A staircase is a drift: at least three steps, each of them too small to
 * matter, and together beyond it. What one more step explains better than the slope is left to the
 * next runs.
 *
 * <p><b>Memory.</b> Noise that remembers wanders, and looks like drift. How long it remembers is
 * told by all runs there are, in the window about its line, before it about another.
 *
 * <p><b>Once a night.</b> The level of the test allows for a year of nights, each with its windows:
 * one series in a hundred without a drift shows one in that time (docs/decisions/036). A series
 * without a trend costs the order of its pairs, a hundredth of a millisecond for fifty runs.
 */
public final class Drifts {
  /** Fewer tell too little of memory. */
  private static final int FEWEST_RUNS = 12;

  private static final int MOST_RUNS = 128;
  private static final double GROWTH = 4.0 / 3;

  /** Of a normal distribution, one tail of one in ten thousand. */
  private static final double SURE = 3.719;

  /** Below it, no memory at all would make the test sure. */
  private static final double WORTH_A_LOOK = 3;

  private static final int FEWEST_STAIRS = 3;
  private static final int NEIGHBOURS = 5;

  private final double[] values;
  private final double smallest;
  private @Nullable List<ChangePoint> steps;

  private Drifts(double[] values, double smallest) {
    this.values = values;
    this.smallest = smallest;
  }

  /**
   * The drift that the newest values show the most clearly; null where they show none.
   *
   * @param values finite, in the order of time; the logarithms of times, to find what grows by the
   *     same factor
   * @param smallest how far it must have gone
   */
  public static @Nullable Drift detect(double[] values, double smallest) {
    int skipped = Math.max(0, values.length - MOST_RUNS);
    Drift found = new Drifts(Arrays.copyOfRange(values, skipped, values.length), smallest).found();
    return found == null || skipped == 0
        ? found
        : new Drift(
            found.from() + skipped,
            found.steepest() + skipped,
            found.total(),
            found.low(),
            found.high());
  }

  private @Nullable Drift found() {
    Drift clearest = null;
    double most = SURE;
    int length = Math.min(FEWEST_RUNS, values.length);
    while (length >= FEWEST_RUNS) {
      Window window = window(values.length - length);
      if (window != null && window.deviations > most) {
        clearest = window.drift;
        most = window.deviations;
      }
      int next = Math.min(values.length, (int) Math.round(length * GROWTH));
      length = next > length ? next : 0;
    }
    return clearest;
  }

  private record Window(double deviations, Drift drift) {}

  private @Nullable Window window(int from) {
    TrendTest whole = new TrendTest(values, from, values.length);
    if (Math.abs(whole.deviations()) < WORTH_A_LOOK) {
      return null;
    }
    boolean isRise = whole.deviations() > 0;
    int[] cuts = cuts(from, isRise);
    TrendTest test = cuts.length == 2 ? whole : new TrendTest(values, cuts);
    boolean isSame = isRise ? test.deviations() > WORTH_A_LOOK : test.deviations() < -WORTH_A_LOOK;
    return isSame ? judged(test, from, isRise) : null;
  }

  private @Nullable Window judged(TrendTest test, int from, boolean isRise) {
    double[] slopes = test.slopes();
    double slope = Robust.medianOfSorted(slopes);
    int runs = values.length - 1 - from;
    if (runs * (isRise ? slope : -slope) < smallest) {
      return null;
    }
    RankedRest rest = test.rest(slope);
    double inflation = TrendTest.inflation(from < FEWEST_RUNS ? rest : rest.with(before(from)));
    double deviations = Math.abs(test.deviations()) / Math.sqrt(inflation);
    if (deviations <= SURE || test.isStep()) {
      return null;
    }
    int reach = test.reach(inflation);
    double low = slopes[Math.max(0, slopes.length / 2 - reach)];
    double high = slopes[Math.min(slopes.length - 1, slopes.length / 2 + reach)];
    return new Window(
        deviations, new Drift(from, steepest(from, isRise), runs * slope, runs * low, runs * high));
  }

  private RankedRest before(int end) {
    TrendTest test = new TrendTest(values, 0, end);
    return test.rest(Robust.medianOfSorted(test.slopes()));
  }

  private int[] cuts(int from, boolean isRise) {
    if (steps == null) {
      steps = ChangePoints.detect(values);
    }
    List<ChangePoint> same =
        steps.stream().filter(step -> step.after() > step.before() == isRise).toList();
    boolean isStaircase = isStaircase(same);
    TreeSet<Integer> cuts = new TreeSet<>(List.of(from, values.length));
    for (ChangePoint step : same) {
      if (step.index() > from && !(isStaircase && isSmall(step))) {
        cuts.add(step.index());
      }
    }
    return cuts.stream().mapToInt(cut -> cut).toArray();
  }

  private boolean isStaircase(List<ChangePoint> steps) {
    double[] heights = steps.stream().filter(this::isSmall).mapToDouble(Drifts::height).toArray();
    return heights.length >= FEWEST_STAIRS && Arrays.stream(heights).sum() >= smallest;
  }

  private boolean isSmall(ChangePoint step) {
    return height(step) < smallest;
  }

  private static double height(ChangePoint step) {
    return Math.abs(step.after() - step.before());
  }

  /** Where the medians of the few runs on both sides differ most. */
  private int steepest(int from, boolean isRise) {
    int steepest = from + 1;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = from + NEIGHBOURS; at <= values.length - NEIGHBOURS; at++) {
      double rise =
          Robust.median(Arrays.copyOfRange(values, at, at + NEIGHBOURS))
              - Robust.median(Arrays.copyOfRange(values, at - NEIGHBOURS, at));
      if ((isRise ? rise : -rise) > most) {
        most = isRise ? rise : -rise;
        steepest = at;
      }
    }
    return steepest;
  }
}
