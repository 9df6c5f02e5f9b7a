package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Series;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series as the judge sees it: what the present run gave, and what it is compared with.
 *
 * @param earlier the runs to compare with, oldest first; each belongs to the same machine key
 * @param current what the present run gave; absent when it gave nothing
 * @param expected whether the inventory expects a result
 * @param failure why the benchmark failed, in a sentence; absent when it did not
 * @param isDirectionAssumed whether nobody says which way is better
 * @param open findings of it that are open, the oldest first; the earlier runs are then those since
 *     the newest of them
 */
public record SeriesHistory(
    Series series,
    List<RunValues> earlier,
    @Nullable RunValues current,
    boolean expected,
    @Nullable String failure,
    boolean isDirectionAssumed,
    List<OpenFinding> open) {

  public SeriesHistory {
    earlier = List.copyOf(earlier);
    open = List.copyOf(open);
  }

  /** A series that the present run measured. */
  public static SeriesHistory measured(Series series, List<RunValues> earlier, RunValues current) {
    return new SeriesHistory(series, earlier, current, true, null, false, List.of());
  }

  /** A series of which the present run has no result. */
  public static SeriesHistory absent(Series series, List<RunValues> earlier, boolean expected) {
    return new SeriesHistory(series, earlier, null, expected, null, false, List.of());
  }

  /** A series whose benchmark failed in the present run. */
  public static SeriesHistory failed(Series series, List<RunValues> earlier, String failure) {
    return new SeriesHistory(series, earlier, null, true, failure, false, List.of());
  }

  /** The same of a series of which nobody says which way is better. */
  public SeriesHistory withAssumedDirection() {
    return new SeriesHistory(series, earlier, current, expected, failure, true, open);
  }

  /** The same of a series that is known to have got worse. */
  public SeriesHistory withOpen(List<OpenFinding> findings) {
    return new SeriesHistory(
        series, earlier, current, expected, failure, isDirectionAssumed, findings);
  }
}
