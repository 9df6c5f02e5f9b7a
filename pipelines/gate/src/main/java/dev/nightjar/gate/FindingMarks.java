package dev.nightjar.gate;

import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.gate.statistics.Scale;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.LevelMark;
import dev.nightjar.model.finding.RunMark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How findings of a run are told apart, and what they remember of runs. */
final class FindingMarks {
  /** More tell no more of the noise. */
  private static final int MOST_GOOD_RUNS = 30;

  private final PastRun present;
  private final Map<UUID, PastRun> runs = new HashMap<>();

  FindingMarks(PastRun present, Baseline baseline) {
    this.present = present;
    baseline.runs().forEach(run -> runs.put(run.id(), run));
    runs.put(present.id(), present);
  }

  RunMark of(RunValues values) {
    PastRun run = runs.get(values.runId());
    return new RunMark(
        values.runId(), values.headCommit(), run == null ? null : run.branch(), values.startedAt());
  }

  /** The levels of the newest of these. */
  static List<LevelMark> levels(List<RunValues> good, Scale scale) {
    return good.subList(Math.max(0, good.size() - MOST_GOOD_RUNS), good.size()).stream()
        .map(run -> run.mark(scale))
        .toList();
  }

  /** The same each time that the same run is judged. */
  UUID identifier(Series series, FindingKind kind) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String text = present.id() + "\n" + named(series);
      String own = kind == FindingKind.REGRESSION ? text : text + "\n" + kind.word();
      return UuidV7.of(present.startedAt(), digest.digest(own.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Which way is better is no part of it, as of the key of a series. */
  private static String named(Series series) {
    return String.join(
        "\n",
        String.valueOf(series.benchmark().suite()),
        series.benchmark().name(),
        series.benchmark().metric(),
        series.benchmark().unit(),
        series.parameters().toString(),
        series.device().label());
  }
}
