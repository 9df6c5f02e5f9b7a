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
    int found;
    int labelled;
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
    System.out.println(all.size() + " series, seeds " + args[1] + "; F1 / cover (found:labelled)");
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
      int[] found = detector.detect(series.values());
      SegmentationScore score =
          SegmentationScore.of(series.changes(), found, series.values().length);
      for (String family : List.of(series.family(), "~ all")) {
        Sums sums = families.computeIfAbsent(family, name -> new Sums());
        sums.series++;
        sums.f1 += score.f1();
        sums.cover += score.cover();
        sums.found += found.length;
        sums.labelled += series.changes().length;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%n%s, %.1f s%n", detector.name(), seconds);
    families.forEach((family, sums) ->
        System.out.printf(
            Locale.ROOT,
            "  %-16s %.3f / %.3f  (%.1f:%.1f)%n",
            family,
            sums.f1 / sums.series,
            sums.cover / sums.series,
            (double) sums.found / sums.series,
            (double) sums.labelled / sums.series));
  }
}
