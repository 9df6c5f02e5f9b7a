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
 */
public record SeriesHistory(
    Series series,
    List<RunValues> earlier,
    @Nullable RunValues current,
    boolean expected,
    @Nullable String failure,
    boolean isDirectionAssumed) {

  public SeriesHistory {
    earlier = List.copyOf(earlier);
  }

  /** A series that the present run measured. */
  public static SeriesHistory measured(Series series, List<RunValues> earlier, RunValues current) {
    return new SeriesHistory(series, earlier, current, true, null, false);
  }

  /** A series of which the present run has no result. */
  public static SeriesHistory absent(Series series, List<RunValues> earlier, boolean expected) {
    return new SeriesHistory(series, earlier, null, expected, null, false);
  }

  /** A series whose benchmark failed in the present run. */
  public static SeriesHistory failed(Series series, List<RunValues> earlier, String failure) {
    return new SeriesHistory(series, earlier, null, true, failure, false);
  }

  /** The same of a series of which nobody says which way is better. */
  public SeriesHistory withAssumedDirection() {
    return new SeriesHistory(series, earlier, current, expected, failure, true);
  }
}
