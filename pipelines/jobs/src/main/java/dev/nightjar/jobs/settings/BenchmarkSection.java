package dev.nightjar.jobs.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.ExtractedMetric;
import dev.nightjar.bench.MetricDefinition;
import dev.nightjar.bench.OnFailure;
import dev.nightjar.model.Direction;

/** One entry of {@code benchmarks}. */
final class BenchmarkSection {
  private BenchmarkSection() {}

  static BenchmarkDefinition definition(Section section) {
    BenchmarkDefinition.Builder builder =
        BenchmarkDefinition.named(section.text("name"))
            .command(section.text("command"))
            .environment(section.textMap("environment"))
            .folder(section.text("folder"))
            .timeout(section.duration("timeout"))
            .onFailure(OnFailure.of(section.choice("on_failure")));
    section.optionalCount("warmups").ifPresent(builder::warmups);
    section.optionalCount("repetitions").ifPresent(builder::repetitions);
    section.optionalText("setup").ifPresent(builder::setup);
    section.optionalText("results").ifPresent(builder::results);
    section.sections("metrics").forEach(metric -> builder.extract(extracted(metric)));
    return builder.build();
  }

  private static ExtractedMetric extracted(Section section) {
    MetricDefinition metric =
        new MetricDefinition(
            section.text("name"), section.text("unit"), Direction.of(section.choice("direction")));
    return ExtractedMetric.of(metric, section.text("pattern"));
  }
}
