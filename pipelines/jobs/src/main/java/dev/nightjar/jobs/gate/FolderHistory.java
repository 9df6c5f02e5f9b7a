package dev.nightjar.jobs.gate;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.DisturbedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The earlier runs that a folder holds. */
final class FolderHistory implements RunHistory {
  private final Map<UUID, ArchivedRun> ofThisMachine = new LinkedHashMap<>();
  private long ofOthers;

  /**
   * The history of a run.
   *
   * @param present the run to be judged, which is no part of it, as is none that began later
   */
  FolderHistory(List<ArchivedRun> all, PastRun present, String machineKey) {
    for (ArchivedRun archived : all) {
      PastRun run = archived.run();
      if (run.id().equals(present.id()) || run.startedAt().isAfter(present.startedAt())) {
        continue;
      }
      if (archived.machineKey().equals(machineKey)) {
        ofThisMachine.put(run.id(), archived);
      } else {
        ofOthers++;
      }
    }
  }

  @Override
  public List<PastRun> runs() {
    return ofThisMachine.values().stream().map(ArchivedRun::run).toList();
  }

  @Override
  public long runsOfOtherMachines() {
    return ofOthers;
  }

  @Override
  public Set<Series> series(PastRun run) {
    ArchivedRun archived = ofThisMachine.get(run.id());
    return archived == null ? Set.of() : archived.series();
  }

  @Override
  public List<PastValues> values(Series series, List<PastRun> runs) {
    List<PastValues> values = new ArrayList<>();
    for (PastRun run : runs) {
      ArchivedRun archived = ofThisMachine.get(run.id());
      List<Sample> samples =
          archived == null
              ? List.of()
              : archived.samples().stream().filter(s -> s.series().equals(series)).toList();
      if (archived != null && !samples.isEmpty()) {
        values.add(new PastValues(run, samples, weights(archived, series, samples)));
      }
    }
    return values;
  }

  private static double[] weights(ArchivedRun archived, Series series, List<Sample> samples) {
    double[] weights = new double[samples.size()];
    Arrays.fill(weights, 1);
    for (DisturbedSample mark : archived.disturbed()) {
      for (int i = 0; i < weights.length; i++) {
        if (mark.series().equals(series) && mark.ordinal() == samples.get(i).ordinal()) {
          weights[i] = mark.weight();
        }
      }
    }
    return weights;
  }
}
