package dev.nightjar.gate.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Holds the change point detection against PELT, binary segmentation and E-divisive: F1 at a margin
 * of 5 and cover, by family of noise, and the time all took.
 *
 * <p>Seeds below 1000 are for development; the held-out ones are 1001 to 1005, and nothing may be
 * tuned on them.
 */
public final class ChangePointTrial {
  private static final class Sums {
    int series;
    double f1;
    double cover;
    double kinks;
    double marks;
    int found;
    int labelled;
    int foundKinks;
    int labelledKinks;

    void add(Detector detector, LabelledSeries series) {
      int length = series.values().length;
      int[] steps = detector.detect(series.values());
      int[] bends = detector.kinks(series.values());
      SegmentationScore score = SegmentationScore.of(series.changes(), steps, length);
      add(score, steps.length, series.changes().length);
      kinks += SegmentationScore.of(series.kinks(), bends, length).f1();
      int[] all = both(series.changes(), series.kinks());
      marks += SegmentationScore.of(all, both(steps, bends), length).f1();
      foundKinks += bends.length;
      labelledKinks += series.kinks().length;
    }

    private void add(SegmentationScore score, int steps, int labels) {
      series++;
      f1 += score.f1();
      cover += score.cover();
      found += steps;
      labelled += labels;
    }

    private static int[] both(int[] steps, int[] kinks) {
      return IntStream.concat(Arrays.stream(steps), Arrays.stream(kinks)).sorted().toArray();
    }
  }

  private ChangePointTrial() {}

  /** Arguments: series per family and seed; seeds, comma-separated; files of recorded series. */
  public static void main(String[] args) throws IOException {
    List<LabelledSeries> all = new ArrayList<>();
    for (String seed : args[1].split(",")) {
      all.addAll(new SeriesGenerator(Long.parseLong(seed)).generate(Integer.parseInt(args[0])));
    }
    for (int i = 2; i < args.length; i++) {
      all.addAll(recorded(Path.of(args[i])));
    }
    System.out.println(
        all.size()
            + " series, seeds "
            + args[1]
            + "; steps: F1 / cover (found:labelled); kinks: F1; all marks: F1");
    for (Detector detector :
        List.of(
            Detector.own(),
            new Pelt(),
            new BinarySegmentation(),
            new EDivisive(30),
            new EDivisive(5))) {
      report(detector, all);
    }
  }

  /** Series as {@link SeriesRecorder} writes them. */
  public static List<LabelledSeries> recorded(Path file) throws IOException {
    List<LabelledSeries> all = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(";", -1);
      double[] values =
          Arrays.stream(parts[2].split(" ")).mapToDouble(Double::parseDouble).toArray();
      int[] changes =
          Arrays.stream(parts[1].split(" "))
              .filter(place -> !place.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      all.add(new LabelledSeries("recorded", values, changes));
    }
    return all;
  }

  private static void report(Detector detector, List<LabelledSeries> all) {
    Map<String, Sums> families = new TreeMap<>();
    long start = System.nanoTime();
    for (LabelledSeries series : all) {
      List<String> groups =
          series.kinks().length > 0
              ? List.of(series.family(), "~ all")
              : List.of(series.family(), "~ all", "~ without kinks");
      for (String family : groups) {
        families.computeIfAbsent(family, name -> new Sums()).add(detector, series);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%n%s, %.1f s%n", detector.name(), seconds);
    families.forEach((family, sums) ->
        System.out.printf(
            Locale.ROOT,
            "  %-16s %.3f / %.3f  (%.1f:%.1f)  kinks %.3f (%.1f:%.1f)  marks %.3f%n",
            family,
            sums.f1 / sums.series,
            sums.cover / sums.series,
            (double) sums.found / sums.series,
            (double) sums.labelled / sums.series,
            sums.kinks / sums.series,
            (double) sums.foundKinks / sums.series,
            (double) sums.labelledKinks / sums.series,
            sums.marks / sums.series));
  }
}
