package dev.nightjar.site.words;

import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Series;
import java.util.stream.Collectors;

/** What a series is called. */
public final class SeriesNames {
  private static final int LONGEST = 160;

  private SeriesNames() {}

  /** Such as {@code memory / triad}. */
  public static String name(Series series) {
    Benchmark benchmark = series.benchmark();
    String name = benchmark.suite() == null ? "" : benchmark.suite() + " / ";
    return VisibleText.shortened(name + benchmark.name(), LONGEST);
  }

  /** What tells it from others of the name: {@code bandwidth, size=1 MiB, cuda:0}. */
  public static String detail(Series series) {
    String parameters =
        series.parameters().entrySet().stream()
            .map(entry -> ", " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    String device = series.device().equals(Device.CPU) ? "" : ", " + series.device().label();
    return VisibleText.shortened(series.benchmark().metric() + parameters + device, LONGEST);
  }

  /** Both, for a sentence. */
  public static String full(Series series) {
    return name(series) + " (" + detail(series) + ")";
  }

  /** The page's anchor of the series that stands at this place, the worst being at 0. */
  public static String anchor(int place) {
    return "series-" + place;
  }
}
