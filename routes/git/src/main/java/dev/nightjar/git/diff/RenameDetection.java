package dev.nightjar.git.diff;

import dev.nightjar.git.objects.ObjectName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pairs paths that are gone with paths that are new, by the rules of {@code git log -M}, so that
 * the same pairs come out:
 *
 * <ol>
 *   <li>The same blob is an exact rename; of several sources one with the same file name wins.
 *   <li>What remains is compared by file name first where that name is unique on both sides; such a
 *       pair needs {@link #ENOUGH_FOR_SAME_NAME}.
 *   <li>Then all against all, unless that were more than {@link #LIMIT} squared comparisons; the
 *       best pairs first, none under {@link #ENOUGH}.
 * </ol>
 */
final class RenameDetection {
  /** Full similarity. */
  static final int WHOLE = 60_000;

  /** 50 %, git's default for -M. */
  static final int ENOUGH = WHOLE / 2;

  static final int ENOUGH_FOR_SAME_NAME = ENOUGH + (WHOLE - ENOUGH) / 2;

  /** Git's diff.renameLimit. */
  static final int LIMIT = 1000;

  /** Sources remembered for one destination. */
  private static final int CANDIDATES = 4;

  /** Identical sources looked at for one destination. */
  private static final int IDENTICAL_LOOKED_AT = 100;

  private final Similarity similarity;

  RenameDetection(Similarity similarity) {
    this.similarity = similarity;
  }

  /** A path of one side that may take part in a rename. */
  private static final class Side {
    final PathChange change;
    boolean paired;

    Side(PathChange change) {
      this.change = change;
    }

    TreeEntry entry() {
      return Objects.requireNonNull(change.before != null ? change.before : change.after);
    }
  }

  private record Candidate(Side source, Side destination, int score, boolean sameName) {}

  /**
   * The changes with renames in the place of their destinations and without their sources.
   *
   * @param tooCostly is told when files are so many, so large and so much alike that the search was
   *     given up; the renames found until then stand
   */
  List<PathChange> detect(List<PathChange> changes, Consumer<TooCostlyException> tooCostly) {
    List<Side> sources = new ArrayList<>();
    List<Side> destinations = new ArrayList<>();
    for (PathChange change : changes) {
      if (change.before == null) {
        destinations.add(new Side(change));
      } else if (change.after == null) {
        sources.add(new Side(change));
      }
    }
    if (sources.isEmpty() || destinations.isEmpty()) {
      return changes;
    }
    Map<PathChange, PathChange> renames = new HashMap<>();
    pairIdentical(sources, destinations, renames);
    leaveUnpaired(sources, destinations);
    try {
      pairByFileName(sources, destinations, renames);
      leaveUnpaired(sources, destinations);
      if ((long) sources.size() * destinations.size() <= (long) LIMIT * LIMIT) {
        pairMostSimilar(sources, destinations, renames);
      }
    } catch (TooCostlyException e) {
      tooCostly.accept(e);
    } finally {
      similarity.forget();
    }
    return renames.isEmpty() ? changes : withRenames(changes, renames);
  }

  private static void leaveUnpaired(List<Side> sources, List<Side> destinations) {
    sources.removeIf(source -> source.paired);
    destinations.removeIf(destination -> destination.paired);
  }

  private static List<PathChange> withRenames(
      List<PathChange> changes, Map<PathChange, PathChange> renames) {
    List<PathChange> result = new ArrayList<>(changes.size());
    for (PathChange change : changes) {
      if (change.after != null) {
        result.add(renames.getOrDefault(change, change));
      } else if (!renames.containsKey(change)) {
        result.add(change);
      }
    }
    return result;
  }

  private static void pair(
      Side source, Side destination, int score, Map<PathChange, PathChange> renames) {
    source.paired = true;
    destination.paired = true;
    PathChange rename = PathChange.rename(source.change, destination.change, score);
    renames.put(destination.change, rename);
    renames.put(source.change, rename);
  }

  private static void pairIdentical(
      List<Side> sources, List<Side> destinations, Map<PathChange, PathChange> renames) {
    Map<ObjectName, List<Side>> byBlob = new HashMap<>();
    for (Side source : sources) {
      byBlob.computeIfAbsent(source.entry().name(), blob -> new ArrayList<>()).add(source);
    }
    for (Side destination : destinations) {
      List<Side> same = byBlob.get(destination.entry().name());
      Side best = same == null ? null : bestOf(same, destination);
      if (best != null) {
        pair(best, destination, WHOLE, renames);
      }
    }
  }

  private static @Nullable Side bestOf(List<Side> identical, Side destination) {
    Side best = null;
    int looked = 0;
    for (Side source : identical) {
      boolean canBe =
          !source.paired
              && ((source.entry().isFile() && destination.entry().isFile())
                  || source.entry().mode() == destination.entry().mode());
      if (canBe && sameName(source, destination)) {
        return source;
      }
      if (canBe && best == null) {
        best = source;
      }
      if (canBe && ++looked == IDENTICAL_LOOKED_AT) {
        return best;
      }
    }
    return best;
  }

  private void pairByFileName(
      List<Side> sources, List<Side> destinations, Map<PathChange, PathChange> renames)
      throws TooCostlyException {
    Map<FileName, Integer> uniqueSources = uniqueNames(sources);
    Map<FileName, Integer> uniqueDestinations = uniqueNames(destinations);
    for (Map.Entry<FileName, Integer> name : uniqueSources.entrySet()) {
      int at = name.getValue();
      int to = uniqueDestinations.getOrDefault(name.getKey(), -1);
      if (at >= 0 && to >= 0) {
        Side source = sources.get(at);
        Side destination = destinations.get(to);
        int score = score(source, destination, ENOUGH_FOR_SAME_NAME);
        if (score >= ENOUGH_FOR_SAME_NAME) {
          pair(source, destination, score, renames);
        }
      }
    }
  }

  /** Position of each file name, -1 where several sides have it. */
  private static Map<FileName, Integer> uniqueNames(List<Side> sides) {
    Map<FileName, Integer> unique = new HashMap<>();
    for (int i = 0; i < sides.size(); i++) {
      unique.merge(FileName.of(sides.get(i).change.path), i, (first, second) -> -1);
    }
    return unique;
  }

  private void pairMostSimilar(
      List<Side> sources, List<Side> destinations, Map<PathChange, PathChange> renames)
      throws TooCostlyException {
    List<Candidate> candidates = new ArrayList<>();
    for (Side destination : destinations) {
      candidates.addAll(candidatesFor(destination, sources));
    }
    candidates.sort(RenameDetection::bestFirst);
    for (Candidate candidate : candidates) {
      if (candidate.score < ENOUGH) {
        return;
      }
      if (!candidate.source.paired && !candidate.destination.paired) {
        pair(candidate.source, candidate.destination, candidate.score, renames);
      }
    }
  }

  /**
   * The best sources for one destination. Which of equally good ones wins depends on the place that
   * each took among these few, so those that are not similar enough take places too, as with git.
   */
  private List<Candidate> candidatesFor(Side destination, List<Side> sources)
      throws TooCostlyException {
    Candidate[] best = new Candidate[CANDIDATES];
    int count = 0;
    for (Side source : sources) {
      Candidate candidate =
          new Candidate(
              source,
              destination,
              score(source, destination, ENOUGH),
              sameName(source, destination));
      if (count < CANDIDATES) {
        best[count++] = candidate;
      } else {
        replaceWorst(best, candidate);
      }
    }
    return Arrays.asList(best).subList(0, count);
  }

  private static void replaceWorst(Candidate[] best, Candidate candidate) {
    int worst = 0;
    for (int i = 1; i < best.length; i++) {
      worst = bestFirst(best[i], best[worst]) > 0 ? i : worst;
    }
    if (bestFirst(best[worst], candidate) > 0) {
      best[worst] = candidate;
    }
  }

  private static int bestFirst(Candidate a, Candidate b) {
    int byScore = Integer.compare(b.score, a.score);
    return byScore != 0 ? byScore : Boolean.compare(b.sameName, a.sameName);
  }

  private int score(Side source, Side destination, int enough) throws TooCostlyException {
    if (!source.entry().isFile() || !destination.entry().isFile()) {
      return 0;
    }
    return similarity.score(source.entry().name(), destination.entry().name(), enough);
  }

  private static boolean sameName(Side a, Side b) {
    return FileName.of(a.change.path).equals(FileName.of(b.change.path));
  }

  /** The last part of a path. */
  @SuppressWarnings("ArrayRecordComponent") // nobody else sees it
  private record FileName(byte[] path, int start) {
    static FileName of(byte[] path) {
      int start = path.length;
      while (start > 0 && path[start - 1] != '/') {
        start--;
      }
      return new FileName(path, start);
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (int i = start; i < path.length; i++) {
        hash = 31 * hash + path[i];
      }
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FileName name
          && Arrays.equals(path, start, path.length, name.path, name.start, name.path.length);
    }
  }
}
