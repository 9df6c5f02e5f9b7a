package dev.nightjar.gate;

import dev.nightjar.gate.statistics.HistoryDrift;
import dev.nightjar.model.finding.Finding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** How a drift reads. */
final class DriftText {
  private static final int COMMIT_DIGITS = 10;

  private DriftText() {}

  /**
   * Such as {@code drifts: +6.2 % (+4.1 … +8.0 %, 95 %) over 45 runs since 2026-10-12, +0.9 % a
   * week, steepest about 6f1d2ab734}.
   */
  static String of(HistoryDrift drift) {
    Double week = drift.aWeek();
    return "drifts: %s (%s … %s, 95 %%) over %d runs since %s%s, steepest about %s"
        .formatted(
            percent(drift.total()),
            percent(Math.min(drift.low(), drift.high())),
            percent(Math.max(drift.low(), drift.high())),
            drift.runs().size(),
            day(drift.since().startedAt()),
            week == null ? "" : ", " + percent(week) + " a week",
            place(drift));
  }

  /** Of one that was found before and may no longer go on. */
  static String gone(Finding finding, double effect) {
    return "drifted since %s and is not mended: %s"
        .formatted(day(finding.since().startedAt()), percent(effect));
  }

  static String mended(double effect) {
    return "the newest runs are at %s of the level before".formatted(percent(effect));
  }

  static String cause(HistoryDrift drift) {
    return "bit by bit, over many commits; steepest about " + place(drift);
  }

  private static String place(HistoryDrift drift) {
    String commit = drift.steepest().headCommit();
    return commit == null
        ? "the run of " + day(drift.steepest().startedAt())
        : commit.substring(0, Math.min(COMMIT_DIGITS, commit.length()));
  }

  private static String percent(double effect) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * effect);
  }

  private static String day(Instant moment) {
    return moment.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
