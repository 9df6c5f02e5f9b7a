package dev.nightjar.settings;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.ExtractedMetric;
import dev.nightjar.bench.MetricDefinition;
import dev.nightjar.bench.OnFailure;
import dev.nightjar.bench.StoppingRule;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One entry of {@code benchmarks}. */
final class BenchmarkSection {
  private BenchmarkSection() {}

  /** What a value is refused for may quote it. */
  static BenchmarkDefinition definition(Section section) {
    try {
      return read(section);
    } catch (Failure.Misuse e) {
      throw new Failure.Misuse(section.redaction().applyTo(String.valueOf(e.getMessage())), e);
    }
  }

  private static BenchmarkDefinition read(Section section) {
    BenchmarkDefinition.Builder builder =
        BenchmarkDefinition.named(section.text("name"))
            .command(section.text("command"))
            .environment(section.textMap("environment"))
            .redaction(section.redaction())
            .folder(section.text("folder"))
            .timeout(section.duration("timeout"))
            .onFailure(OnFailure.of(section.choice("on_failure")))
            .duet(section.choice("duet").equals("auto"));
    section.optionalCount("warmups").ifPresent(builder::warmups);
    section.optionalText("setup").ifPresent(builder::setup);
    section.optionalText("results").ifPresent(builder::results);
    List<Measured> measures = measures(section);
    if (!measures.isEmpty()) {
      builder.measures(measures);
    }
    repetitions(section, measures).ifPresent(builder::repetitions);
    section.sections("metrics").forEach(metric -> builder.extract(extracted(metric)));
    return builder.build();
  }

  private static List<Measured> measures(Section section) {
    return section.words("measure").stream()
        .map(word -> new Measured(Quantity.of(word.getKey()), word.getValue()))
        .toList();
  }

  /**
   * As they are said; a tool that writes results repeats by itself, and what is only counted needs
   * few.
   */
  private static Optional<StoppingRule> repetitions(Section section, List<Measured> measures) {
    StoppingRule rule = StoppingRule.until(section.share("precision"), section.duration("budget"));
    OptionalInt count = section.optionalCount("repetitions");
    if (count.isPresent()) {
      return Optional.of(StoppingRule.exactly(count.getAsInt()));
    }
    boolean isCountedAlone =
        !measures.isEmpty()
            && measures.stream().noneMatch(Measured::isNoisy)
            && section.sections("metrics").isEmpty();
    return isCountedAlone || section.optionalText("results").isPresent()
        ? Optional.empty()
        : Optional.of(rule);
  }

  private static ExtractedMetric extracted(Section section) {
    MetricDefinition metric =
        new MetricDefinition(
            section.text("name"), section.text("unit"), Direction.of(section.choice("direction")));
    return ExtractedMetric.of(metric, section.text("pattern"));
  }
}
