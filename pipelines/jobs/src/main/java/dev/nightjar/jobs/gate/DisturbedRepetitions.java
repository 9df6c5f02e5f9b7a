package dev.nightjar.jobs.gate;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.noise.DisturbedSamples;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.Database;
import dev.nightjar.store.sample.SeriesRun;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How many repetitions of a benchmark were disturbed, while there is still time to repeat them. */
public final class DisturbedRepetitions {
  private static final int EARLIER_RUNS = 10;

  private DisturbedRepetitions() {}

  /**
   * Counts them by the readings at their boundaries, against what is usual in this run and the last
   * ones of this host.
   *
   * @param isOfIt whether a series is one of those that it gives
   */
  public static int count(Database database, Run run, Predicate<Series> isOfIt) {
    Map<Series, List<Sample>> samples = new LinkedHashMap<>();
    PresentRun.of(PastRun.of(run), database.samples().of(run.id()), List.of())
        .samples()
        .forEach((series, given) -> {
          if (isOfIt.test(series)) {
            samples.put(series, given);
          }
        });
    // Values of one repetition share its window, so repetitions are told apart by their start.
    Set<Instant> disturbed = new HashSet<>();
    samples.forEach((series, given) -> {
      List<RunHistory.PastValues> past =
          database
              .samples()
              .history(run.repositoryId(), run.hostId(), series, run.startedAt(), EARLIER_RUNS)
              .stream()
              .map(DisturbedRepetitions::past)
              .toList();
      Map<Integer, Instant> starts = new LinkedHashMap<>();
      given.forEach(sample -> starts.put(sample.ordinal(), sample.startedAt()));
      DisturbedSamples.among(given, past, MachineWindows.NONE)
          .marks()
          .forEach(mark -> disturbed.add(starts.getOrDefault(mark.ordinal(), run.startedAt())));
    });
    return disturbed.size();
  }

  private static RunHistory.PastValues past(SeriesRun run) {
    return RunHistory.PastValues.of(
        new PastRun(run.runId(), "", run.headCommit(), null, run.startedAt()),
        run.samples(),
        RunValues.undisturbed(run.samples().size()));
  }
}
