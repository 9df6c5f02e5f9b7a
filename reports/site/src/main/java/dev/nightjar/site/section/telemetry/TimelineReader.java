package dev.nightjar.site.section.telemetry;

import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.NoiseMark;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.data.Timeline;
import dev.nightjar.site.section.ReportReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the machine did during a run, and which repetitions ran meanwhile. */
final class TimelineReader {
  private TimelineReader() {}

  static Timeline read(ReportReading reading, List<SeriesResult> results) {
    Run run = reading.run();
    return new Timeline(
        reading
            .database()
            .telemetry()
            .thinned(run.id(), run.startedAt(), reading.measuredUntil(), Timeline.SLOTS),
        Duration.between(run.startedAt(), reading.measuredUntil()).dividedBy(Timeline.SLOTS),
        windows(results),
        noise(results));
  }

  private static List<BenchmarkWindow> windows(List<SeriesResult> results) {
    Map<String, BenchmarkWindow> windows = new LinkedHashMap<>();
    for (SeriesResult result : results) {
      String suite = result.series().benchmark().suite();
      String name = suite == null ? result.series().benchmark().name() : suite;
      for (Sample sample : result.samples()) {
        windows.merge(
            name,
            new BenchmarkWindow(name, sample.startedAt(), end(sample)),
            TimelineReader::enclosing);
      }
    }
    return List.copyOf(windows.values());
  }

  private static Instant end(Sample sample) {
    return sample.startedAt().plusNanos(sample.wallNanos());
  }

  private static BenchmarkWindow enclosing(BenchmarkWindow a, BenchmarkWindow b) {
    return new BenchmarkWindow(
        a.benchmark(),
        a.from().isBefore(b.from()) ? a.from() : b.from(),
        a.to().isAfter(b.to()) ? a.to() : b.to());
  }

  private static List<NoiseMark> noise(List<SeriesResult> results) {
    List<NoiseMark> marks = new ArrayList<>();
    for (SeriesResult result : results) {
      String benchmark = result.series().benchmark().name();
      for (Sample sample : result.samples()) {
        result
            .disturbance(sample)
            .ifPresent(mark ->
                marks.add(
                    new NoiseMark(
                        benchmark, sample.startedAt(), end(sample), mark.weight(), mark.causes())));
      }
    }
    marks.sort(Comparator.comparing(NoiseMark::from).thenComparing(NoiseMark::benchmark));
    return marks;
  }
}
