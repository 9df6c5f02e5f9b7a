package dev.nightjar.site.section.results;

import dev.nightjar.model.Series;
import dev.nightjar.site.download.Csv;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns that say which series a row is of. */
public final class SeriesCells {
  private static final String[] NAMES = {
    "suite", "benchmark", "metric", "parameters", "device", "unit"
  };

  private SeriesCells() {}

  /** These columns' names, and those of a table's own after them. */
  public static String[] and(String... names) {
    return Stream.of(NAMES, names).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Begins a row. */
  public static Csv write(Csv csv, Series series) throws IOException {
    csv.text(series.benchmark().suite()).text(series.benchmark().name());
    csv.text(series.benchmark().metric());
    csv.text(
        series.parameters().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" ")));
    return csv.text(series.device().label()).text(series.benchmark().unit());
  }
}
