package dev.nightjar.gate.trial;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what is found against what people marked in the series of one dimension of the Turing
 * Change Point Dataset (van den Burg and Williams, 2020), as far as they come with it: steps alone,
 * and together with kinks.
 */
public final class AnnotatedSeriesTrial {
  private static final JsonMapper JSON = new JsonMapper();

  private AnnotatedSeriesTrial() {}

  /** Argument: a clone of the dataset. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    JsonNode annotations = JSON.readTree(Files.readAllBytes(folder.resolve("annotations.json")));
    Detector detector = Detector.own();
    double[] sums = new double[4];
    int count = 0;
    for (Path file : files(folder.resolve("datasets"))) {
      JsonNode series = JSON.readTree(Files.readAllBytes(file));
      JsonNode marks = annotations.path(series.path("name").asString());
      if (series.path("n_dim").asInt() == 1 && !marks.isEmpty()) {
        double[] values = numbers(series.path("series").path(0).path("raw"));
        int[] steps = detector.detect(values);
        int[] kinks = detector.kinks(values);
        int[] both =
            IntStream.concat(Arrays.stream(steps), Arrays.stream(kinks)).sorted().toArray();
        SegmentationScore ofSteps = score(marks, steps, values.length);
        SegmentationScore ofBoth = score(marks, both, values.length);
        double[] scores = {ofSteps.f1(), ofSteps.cover(), ofBoth.f1(), ofBoth.cover()};
        print(series.path("name").asString(), scores);
        Arrays.setAll(sums, k -> sums[k] + scores[k]);
        count++;
      }
    }
    double series = count;
    print(count + " series", Arrays.stream(sums).map(sum -> sum / series).toArray());
  }

  private static List<Path> files(Path datasets) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(datasets)) {
      for (Path one : folders) {
        Path file = one.resolve(one.getFileName() + ".json");
        if (Files.exists(file)) { // of others there is a script that fetches them
          files.add(file);
        }
      }
    }
    files.sort(null);
    return files;
  }

  private static double[] numbers(JsonNode raw) {
    double[] values = new double[raw.size()];
    Arrays.setAll(values, i -> raw.get(i).isNumber() ? raw.get(i).asDouble() : Double.NaN);
    return values;
  }

  private static SegmentationScore score(JsonNode marks, int[] found, int length) {
    List<int[]> annotators = new ArrayList<>();
    for (JsonNode one : marks) {
      annotators.add(IntStream.range(0, one.size()).map(i -> one.get(i).asInt()).toArray());
    }
    return SegmentationScore.ofSeveral(annotators, found, length);
  }

  private static void print(String name, double[] scores) {
    System.out.printf(
        Locale.ROOT,
        "%-24s steps F1 %.3f cover %.3f, with kinks %.3f %.3f%n",
        name,
        scores[0],
        scores[1],
        scores[2],
        scores[3]);
  }
}
