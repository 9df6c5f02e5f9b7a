package dev.nightjar.gate.trial;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.model.ChangePoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Whether a step that was found stays while runs are appended, over all beginnings of recorded
 * series: night after night a person sees what a beginning shows.
 *
 * <p>There is evidence against a step when the values next to it, by their medians, come to differ
 * by less than half of what they did when it was found.
 */
public final class GrowingSeriesTrial {
  private static final int SHORTEST = 6;
  private static final int BESIDE = 8;
  private static final int NEAR = 2;

  /**
   * How often.
   *
   * @param found steps that some beginning shows
   * @param refuted those that a longer one does not, with evidence against them
   * @param lost those that a longer one does not, without
   */
  public record Count(int found, int refuted, int lost) {
    static final Count NONE = new Count(0, 0, 0);

    Count with(Count other) {
      return new Count(found + other.found, refuted + other.refuted, lost + other.lost);
    }
  }

  /**
   * Of one series.
   *
   * @param planted of steps that are there
   * @param others of those that noise showed
   */
  public record Counts(Count planted, Count others) {}

  private record Step(int place, double size) {}

  private GrowingSeriesTrial() {}

  /** Argument: a file of recorded series. */
  public static void main(String[] args) throws IOException {
    Count planted = Count.NONE;
    Count others = Count.NONE;
    int number = 0;
    for (LabelledSeries series : ChangePointTrial.recorded(Path.of(args[0]))) {
      Counts one = of(series);
      System.out.println("series " + number++ + ": " + one);
      planted = planted.with(one.planted());
      others = others.with(one.others());
    }
    System.out.println("all: " + new Counts(planted, others));
  }

  /** What became of each step that any beginning of the series shows. */
  public static Counts of(LabelledSeries series) {
    return new Counts(count(series, true), count(series, false));
  }

  private static Count count(LabelledSeries series, boolean ofPlanted) {
    double[] values = series.values();
    List<Step> known = new ArrayList<>();
    Count count = Count.NONE;
    for (int n = SHORTEST; n <= values.length; n++) {
      double[] beginning = Arrays.copyOf(values, n);
      List<Integer> shown =
          ChangePoints.detect(beginning).stream()
              .map(ChangePoint::index)
              .filter(place -> isPlanted(series, place) == ofPlanted)
              .toList();
      for (Iterator<Step> all = known.iterator(); all.hasNext(); ) {
        Step step = all.next();
        if (shown.stream().noneMatch(place -> isNear(place, step))) {
          boolean isRefuted = size(beginning, step.place()) / step.size() < 0.5;
          count = count.with(new Count(0, isRefuted ? 1 : 0, isRefuted ? 0 : 1));
          all.remove();
        }
      }
      for (int place : shown) {
        if (known.stream().noneMatch(step -> isNear(place, step))) {
          known.add(new Step(place, size(beginning, place)));
          count = count.with(new Count(1, 0, 0));
        }
      }
    }
    return count;
  }

  private static boolean isPlanted(LabelledSeries series, int place) {
    return Arrays.stream(series.changes()).anyMatch(at -> Math.abs(place - at) <= NEAR);
  }

  private static boolean isNear(int place, Step step) {
    return Math.abs(place - step.place()) <= NEAR;
  }

  private static double size(double[] values, int at) {
    return Robust.median(Arrays.copyOfRange(values, at, Math.min(values.length, at + BESIDE)))
        - Robust.median(Arrays.copyOfRange(values, Math.max(0, at - BESIDE), at));
  }
}
