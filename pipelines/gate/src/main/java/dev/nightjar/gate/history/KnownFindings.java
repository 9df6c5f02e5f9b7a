package dev.nightjar.gate.history;

import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.model.finding.FindingState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What is known of one series for a run: which findings are open, and which of the earlier runs it
 * can be held against.
 *
 * <p>A finding concerns the run if the first run that shows it counts as an earlier run, or any
 * that it was open behind, should that one be gone; it is open if none that measured its end does.
 * So a branch that holds the slow commit sees it open, one that forked before does not, and what
 * the run itself said when it was judged before is no part of what it is judged by.
 *
 * <p>Runs that were slow until it was mended are no baseline. Nor is what lies before a level that
 * a person has accepted.
 */
public final class KnownFindings {
  /**
   * An open finding.
   *
   * @param from the place, among the earlier runs, of the first that shows it
   */
  public record Open(Finding finding, int from) {}

  private final List<PastRun> runs;
  private final Map<UUID, Integer> places;
  private final List<Open> open = new ArrayList<>();
  private final boolean[] isLeftOut;

  private KnownFindings(List<PastRun> runs, Map<UUID, Integer> places) {
    this.runs = runs;
    this.places = places;
    isLeftOut = new boolean[runs.size()];
  }

  /**
   * By series, those alone of which anything of that kind was found: what came by a step is held
   * against other runs than what came bit by bit.
   */
  public static Map<SeriesKey, KnownFindings> of(
      List<FindingLife> all, FindingKind kind, Baseline baseline, UUID present) {
    Map<UUID, Integer> places = new HashMap<>();
    baseline.runs().forEach(run -> places.put(run.id(), places.size()));
    Map<SeriesKey, KnownFindings> known = new HashMap<>();
    for (FindingLife life : all) {
      Finding finding = life.finding();
      if (finding.kind() == kind && !finding.foundBy().equals(present)) {
        known
            .computeIfAbsent(
                new SeriesKey(finding.series()), _ -> new KnownFindings(baseline.runs(), places))
            .add(life);
      }
    }
    return known;
  }

  private void add(FindingLife life) {
    int from = beginning(life);
    if (from < 0) {
      return;
    }
    List<FindingEnd> ends =
        life.ends().stream()
            .filter(end -> end.runId() == null || places.containsKey(end.runId()))
            .toList();
    if (ends.isEmpty()) {
      open.add(new Open(life.finding(), from));
      open.sort(Comparator.comparingInt(Open::from).thenComparing(one -> one.finding().id()));
    } else if (isAny(ends, FindingState.ACCEPTED)) {
      leaveOut(0, from);
    } else if (isAny(ends, FindingState.MENDED)) {
      leaveOut(from, ending(life, ends));
    }
  }

  private static boolean isAny(List<FindingEnd> ends, FindingState state) {
    return ends.stream().anyMatch(end -> end.state() == state);
  }

  /** −1 if it does not concern the run. */
  private int beginning(FindingLife life) {
    Integer since = places.get(life.finding().since().runId());
    return since == null ? seenAt(life.seenBy()).min().orElse(-1) : since;
  }

  /**
   * The place of the run that measured the end; behind all that saw it open if that one is gone.
   */
  private int ending(FindingLife life, List<FindingEnd> ends) {
    return ends.stream()
        .filter(end -> end.runId() != null)
        .mapToInt(end -> places.getOrDefault(end.runId(), 0))
        .min()
        .orElse(seenAt(life.seenBy()).max().orElse(-1) + 1);
  }

  private IntStream seenAt(Set<UUID> seenBy) {
    return seenBy.stream().filter(places::containsKey).mapToInt(places::get);
  }

  private void leaveOut(int from, int to) {
    for (int i = from; i < to; i++) {
      isLeftOut[i] = true;
    }
  }

  /** The open ones, the oldest first. */
  public List<Open> open() {
    return List.copyOf(open);
  }

  /**
   * The runs to be held against, oldest first: those since the newest finding where one is open.
   */
  public List<PastRun> comparable() {
    return open.isEmpty() ? from(0) : since(open.getLast());
  }

  /** The runs since a finding, oldest first. */
  public List<PastRun> since(Open finding) {
    return from(finding.from());
  }

  private List<PastRun> from(int first) {
    return IntStream.range(first, runs.size())
        .filter(i -> !isLeftOut[i])
        .mapToObj(runs::get)
        .toList();
  }
}
