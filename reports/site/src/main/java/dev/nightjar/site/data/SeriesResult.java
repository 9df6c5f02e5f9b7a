package dev.nightjar.site.data;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One series in the run that is reported, and before it.
 *
 * @param samples this run's, by ordinal; empty when it is missing or failed
 * @param history one point a run, the oldest first, this run's last if it has samples
 * @param disturbed those of the samples that the machine disturbed, by ordinal
 * @param changes where the medians of the comparison went over to another level, ascending; their
 *     indexes are those of the history
 * @param verdict absent when nobody has judged it
 * @param comparison what it was judged by
 */
public record SeriesResult(
    Series series,
    List<Sample> samples,
    Map<Integer, DisturbedSample> disturbed,
    List<HistoryPoint> history,
    List<ChangePoint> changes,
    @Nullable Verdict verdict,
    Comparison comparison) {
  public SeriesResult {
    samples = List.copyOf(samples);
    disturbed = Map.copyOf(disturbed);
    history = List.copyOf(history);
    changes = List.copyOf(changes);
  }

  /** This run's point by what it was judged by; empty when it has no samples. */
  public Optional<HistoryPoint> compared() {
    return samples.isEmpty() || history.isEmpty()
        ? Optional.empty()
        : Optional.of(comparison.points().getLast());
  }

  /** How a sample was disturbed; empty when it was not. */
  public Optional<DisturbedSample> disturbance(Sample sample) {
    return Optional.ofNullable(disturbed.get(sample.ordinal()));
  }

  /** This run's point; empty when it has no samples. */
  public Optional<HistoryPoint> current() {
    return samples.isEmpty() || history.isEmpty()
        ? Optional.empty()
        : Optional.of(history.getLast());
  }
}
