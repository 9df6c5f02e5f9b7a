package dev.nightjar.reports;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One series in the run that is reported, and before it.
 *
 * @param samples this run's, by ordinal; empty when it is missing or failed
 * @param history one point a run, the oldest first, this run's last if it has samples
 * @param verdict absent when nobody has judged it
 */
public record SeriesResult(
    Series series, List<Sample> samples, List<HistoryPoint> history, @Nullable Verdict verdict) {
  public SeriesResult {
    samples = List.copyOf(samples);
    history = List.copyOf(history);
  }

  /** This run's point; empty when it has no samples. */
  public Optional<HistoryPoint> current() {
    return samples.isEmpty() || history.isEmpty()
        ? Optional.empty()
        : Optional.of(history.getLast());
  }
}
