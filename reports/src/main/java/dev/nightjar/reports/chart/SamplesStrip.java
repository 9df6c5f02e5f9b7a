package dev.nightjar.reports.chart;

import static dev.nightjar.reports.markup.Attributes.at;

import dev.nightjar.model.Sample;
import dev.nightjar.reports.markup.Markup;
import dev.nightjar.reports.quantity.UnitScale;
import java.util.List;

/**
 * This run's repetitions as dots in the order in which they ran, which shows what no summary does:
 * warm-up, drift, two modes, one wild value.
 */
public final class SamplesStrip {
  private final List<Sample> samples;
  private final UnitScale scale;
  private final Axis axis;

  /** The strip of at least one sample. */
  public SamplesStrip(List<Sample> samples, UnitScale scale) {
    this.samples = samples;
    this.scale = scale;
    this.axis =
        Axis.around(
            samples.stream().mapToDouble(Sample::value).min().orElseThrow(),
            samples.stream().mapToDouble(Sample::value).max().orElseThrow());
  }

  /** Writes the strip; the id must be unique in the page. */
  public void write(Markup html, String id) {
    html.leaf(
        "p", at("class", "strip-title"), "This run: " + samples.size() + " repetitions in order");
    html.in(
        "svg",
        at(
            "class",
            "strip",
            "viewBox",
            "0 0 1000 1000",
            "preserveAspectRatio",
            "none",
            "role",
            "img",
            "aria-labelledby",
            id + "-t"),
        () -> {
          html.leaf("title", at("id", id + "-t"), description());
          html.empty("path", at("class", "repetitions", "d", dots().d()));
        });
  }

  private String description() {
    double lowest = samples.stream().mapToDouble(Sample::value).min().orElseThrow();
    double highest = samples.stream().mapToDouble(Sample::value).max().orElseThrow();
    return samples.size()
        + " repetitions from "
        + scale.format(lowest)
        + " to "
        + scale.format(highest)
        + ", in the order in which they ran";
  }

  /** At most as many dots as there are columns; of more repetitions, lowest and highest of each. */
  private PlotPath dots() {
    PlotPath path = new PlotPath();
    Buckets buckets = new Buckets(Math.min(samples.size(), Buckets.MOST / 2));
    for (int i = 0; i < samples.size(); i++) {
      buckets.add((i + 0.5) / samples.size(), samples.get(i).value());
    }
    for (int column = 0; column < buckets.size(); column++) {
      int low = axis.down(buckets.lowest(column));
      int high = axis.down(buckets.highest(column));
      path.dot(buckets.across(column), low);
      if (high != low) {
        path.dot(buckets.across(column), high);
      }
    }
    return path;
  }
}
