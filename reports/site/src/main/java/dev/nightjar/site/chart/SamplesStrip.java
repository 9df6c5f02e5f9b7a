package dev.nightjar.site.chart;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.Sample;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.SeriesResult;
import java.util.List;

/**
 * This run's repetitions as dots in the order in which they ran, which shows what no summary does:
 * warm-up, drift, two modes, one wild value. Those that the machine disturbed are hollow.
 */
public final class SamplesStrip {
  private static final int MOST_DISTURBED = Buckets.MOST / 2;

  private final SeriesResult result;
  private final List<Sample> samples;
  private final UnitScale scale;
  private final Axis axis;

  /** The strip of a series with at least one sample. */
  public SamplesStrip(SeriesResult result, UnitScale scale) {
    this.result = result;
    this.samples = result.samples();
    this.scale = scale;
    this.axis =
        Axis.around(
            samples.stream().mapToDouble(this::value).min().orElseThrow(),
            samples.stream().mapToDouble(this::value).max().orElseThrow());
  }

  /** By what it was judged by. */
  private double value(Sample sample) {
    return result.comparison().of(sample);
  }

  /** Writes the strip; the id must be unique in the page. */
  public void write(Markup html, String id) {
    String noted = result.disturbed().isEmpty() ? "" : ", " + disturbedInWords();
    html.leaf(
        "p",
        at("class", "strip-title"),
        "This run: " + samples.size() + " repetitions in order" + noted);
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
          if (!result.disturbed().isEmpty()) {
            html.empty("path", at("class", "disturbed", "d", disturbed().d()));
          }
        });
  }

  private String description() {
    double lowest = samples.stream().mapToDouble(this::value).min().orElseThrow();
    double highest = samples.stream().mapToDouble(this::value).max().orElseThrow();
    return samples.size()
        + " repetitions from "
        + scale.format(lowest)
        + " to "
        + scale.format(highest)
        + ", in the order in which they ran"
        + (result.disturbed().isEmpty() ? "" : "; " + disturbedInWords());
  }

  private String disturbedInWords() {
    return result.disturbed().size() + " disturbed by the machine";
  }

  /** What lies within the dots that {@link #dots} draws, to make them hollow. */
  private PlotPath disturbed() {
    PlotPath path = new PlotPath();
    int drawn = 0;
    for (int i = 0; i < samples.size() && drawn < MOST_DISTURBED; i++) {
      if (result.disturbance(samples.get(i)).isPresent()) {
        int across = (int) Math.round((i + 0.5) / samples.size() * Axis.LENGTH);
        path.dot(across, axis.down(value(samples.get(i))));
        drawn++;
      }
    }
    return path;
  }

  /** At most as many dots as there are columns; of more repetitions, lowest and highest of each. */
  private PlotPath dots() {
    PlotPath path = new PlotPath();
    Buckets buckets = new Buckets(Math.min(samples.size(), Buckets.MOST / 2));
    for (int i = 0; i < samples.size(); i++) {
      buckets.add((i + 0.5) / samples.size(), value(samples.get(i)));
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
