package dev.nightjar.model.finding;

import dev.nightjar.model.Series;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that got worse. It holds all that later runs need of the past, so that it outlives the
 * runs it came from.
 *
 * @param id the same each time that the same run is judged
 * @param foundBy the run in whose judgement it was found
 * @param since the first run that shows it: the same, or an earlier one where no night could tell
 * @param lastGood the last run that does not
 * @param good the levels of the last good run and those before it, oldest first; at least one
 * @param effect the relative change when it was found; absent for one from zero
 * @param effectLow lower end of its interval
 * @param effectHigh upper end of it
 * @param cause what was suspected when it was found, in words
 */
public record Finding(
    UUID id,
    Series series,
    FindingKind kind,
    UUID foundBy,
    RunMark since,
    RunMark lastGood,
    List<LevelMark> good,
    @Nullable Double effect,
    @Nullable Double effectLow,
    @Nullable Double effectHigh,
    String cause) {

  public Finding {
    good = List.copyOf(good);
    if (good.isEmpty()) {
      throw new IllegalArgumentException("the finding " + id + " has no good level");
    }
  }
}
