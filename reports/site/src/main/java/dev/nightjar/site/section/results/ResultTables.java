package dev.nightjar.site.section.results;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.download.Csv;
import dev.nightjar.store.sample.DisturbedSample;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Verdicts and samples as tables. */
final class ResultTables {
  private static final String[] VERDICTS =
      SeriesCells.and(
          "direction",
          "verdict",
          "samples",
          "median",
          "effect",
          "effect_low",
          "effect_high",
          "confidence",
          "baseline",
          "evidence",
          "suspected_cause");
  private static final String[] SAMPLES =
      SeriesCells.and(
          Stream.of(
                  Stream.of("ordinal", "value", "started_at", "wall_nanos"),
                  Indicator.atBoundaries().stream().map(Indicator::word),
                  Stream.of("weight", "disturbed_by"))
              .flatMap(names -> names)
              .toArray(String[]::new));

  private ResultTables() {}

  static void verdicts(List<SeriesResult> results, Csv csv) throws IOException {
    csv.heads(VERDICTS);
    for (SeriesResult result : results) {
      verdict(result, csv);
    }
  }

  private static void verdict(SeriesResult result, Csv csv) throws IOException {
    Verdict verdict = result.verdict();
    SeriesCells.write(csv, result.series());
    csv.text(result.series().benchmark().direction().word());
    csv.text(verdict == null ? null : verdict.kind().word());
    csv.number(result.samples().size());
    csv.number(result.current().map(HistoryPoint::median).orElse(null));
    csv.number(verdict == null ? null : verdict.effect());
    csv.number(verdict == null ? null : verdict.effectLow());
    csv.number(verdict == null ? null : verdict.effectHigh());
    csv.number(verdict == null ? null : verdict.confidence());
    csv.text(verdict == null ? null : verdict.baseline());
    csv.text(verdict == null ? null : verdict.evidence());
    csv.text(verdict == null ? null : verdict.suspectedCause());
    csv.end();
  }

  static void samples(List<SeriesResult> results, Csv csv) throws IOException {
    csv.heads(SAMPLES);
    for (SeriesResult result : results) {
      for (Sample sample : result.samples()) {
        sample(result, sample, csv);
      }
    }
  }

  private static void sample(SeriesResult result, Sample sample, Csv csv) throws IOException {
    Optional<DisturbedSample> disturbance = result.disturbance(sample);
    SeriesCells.write(csv, result.series());
    csv.number(sample.ordinal()).number(sample.value());
    csv.moment(sample.startedAt()).number(sample.wallNanos());
    readings(sample.readings(), csv);
    csv.number(disturbance.map(DisturbedSample::weight).orElse(1.0));
    csv.text(disturbance.map(DisturbedSample::causes).orElse(null));
    csv.end();
  }

  private static void readings(BoundaryReadings readings, Csv csv) throws IOException {
    for (Indicator indicator : Indicator.atBoundaries()) {
      OptionalLong reading = readings.of(indicator);
      csv.number(reading.isPresent() ? reading.getAsLong() : null);
    }
  }
}
