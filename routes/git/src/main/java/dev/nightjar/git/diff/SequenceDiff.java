package dev.nightjar.git.diff;

import dev.nightjar.git.diff.LineCounter.Counts;
import java.util.Arrays;

/**
 * How many elements two sequences do not share, with git's notion of when to stop looking.
 *
 * <p>The algorithm is Myers' ("An O(ND) Difference Algorithm and Its Variations", 1986) in linear
 * space: from both ends, furthest-reaching paths are grown on every diagonal until one from the
 * start meets one from the end; there the problem is divided. Git does not insist on the smallest
 * difference, and since its counts are the measure, neither does this class:
 *
 * <ul>
 *   <li>Elements that the other side lacks are set aside first, and so are elements that the other
 *       side has very often, if most of their neighbours are set aside.
 *   <li>After {@link #PATIENCE} steps, a path that got far and ends in {@link #LONG_RUN} equal
 *       elements is taken as the place to divide.
 *   <li>After about the square root of the size in steps (at least {@link #LEAST_COST}), the path
 *       that got furthest is.
 * </ul>
 *
 * Time is thus bounded by about n · sqrt(n), which for millions of lines of a few kinds is minutes;
 * so steps are counted, and beyond {@link LineCounter#MOST_STEPS} there is no answer.
 */
final class SequenceDiff {
  private static final int LEAST_COST = 256;
  private static final int PATIENCE = 256;
  private static final int LONG_RUN = 20;
  private static final int PROGRESS_PER_STEP = 4;

  private static final int OFTEN_AT_MOST = 1024;
  private static final int NEIGHBOURS = 100;
  private static final int NEIGHBOURS_RATIO = 4;

  /** With fewer than these around it no frequent element is set aside. */
  private static final int LEAST_LACKING = 2 * NEIGHBOURS_RATIO - 1;

  /** A number of occurrences that no element reaches. */
  static final int NEVER_OFTEN = Integer.MAX_VALUE;

  private static final int NOT_YET = Integer.MIN_VALUE;
  private static final int BEYOND = Integer.MAX_VALUE;

  private static final byte LACKING = 0;
  private static final byte SHARED = 1;
  private static final byte FREQUENT = 2;

  private static final int[] NOTHING = {};

  /** What is kept from one comparison to the next. */
  private static final int USUAL_DIAGONALS = 1 << 18;

  private final long mostSteps;
  private int[] forward = new int[64];
  private int[] backward = new int[64];
  private int origin;
  private int costLimit;
  private int[] a = NOTHING;
  private int[] b = NOTHING;
  private int added;
  private int deleted;
  private int splitA;
  private int splitB;
  private boolean thoroughBefore;
  private boolean thoroughAfter;
  private long stepsLeft;

  SequenceDiff(long mostSteps) {
    this.mostSteps = mostSteps;
  }

  /**
   * Whether the counts could depend on what is frequent in the whole texts. They do not where too
   * few elements are lacking for any frequent one to be set aside, and where the sequences are too
   * short for git to lose patience: then the smallest difference is what git finds.
   *
   * @param inFirst how often each element occurs in the first sequence
   */
  static boolean dependsOnFrequency(int[] first, int[] inFirst, int[] second, int[] inSecond) {
    return first.length + second.length >= 2 * PATIENCE
        || lacking(first, inSecond) >= LEAST_LACKING
        || lacking(second, inFirst) >= LEAST_LACKING;
  }

  private static int lacking(int[] sequence, int[] inOther) {
    int lacking = 0;
    for (int element : sequence) {
      lacking += inOther[element] == 0 ? 1 : 0;
    }
    return lacking;
  }

  /** From how many occurrences on a line counts as frequent in a text of so many lines. */
  static int often(int lines) {
    return Math.min(OFTEN_AT_MOST, roughRoot(lines));
  }

  /**
   * Counts; the sequences are used up. Elements are numbers from 0 on.
   *
   * @param inFirst how often each element occurs in the whole first text
   * @param oftenInSecond from how many occurrences in the second text on an element of the first is
   *     frequent
   */
  Counts count(
      int[] first, int[] inFirst, int oftenInSecond, int[] second, int[] inSecond, int oftenInFirst)
      throws TooCostlyException {
    int keptFirst = keepWorthComparing(first, inSecond, oftenInSecond);
    int keptSecond = keepWorthComparing(second, inFirst, oftenInFirst);
    deleted = first.length - keptFirst;
    added = second.length - keptSecond;
    a = first;
    b = second;
    int diagonals = keptFirst + keptSecond + 3;
    if (forward.length < diagonals + 2) {
      forward = new int[diagonals + 2];
      backward = new int[diagonals + 2];
    }
    origin = keptSecond + 1;
    costLimit = Math.max(LEAST_COST, roughRoot(diagonals));
    stepsLeft = mostSteps;
    try {
      compare(0, keptFirst, 0, keptSecond, false);
    } finally {
      forget();
    }
    return new Counts(added, deleted);
  }

  /** Lets go of what was compared, and of the room that a large comparison took. */
  private void forget() {
    a = NOTHING;
    b = NOTHING;
    if (forward.length > USUAL_DIAGONALS) {
      forward = new int[64];
      backward = new int[64];
    }
  }

  private void spend(long steps) throws TooCostlyException {
    stepsLeft -= steps;
    if (stepsLeft < 0) {
      throw new TooCostlyException("lines of a few kinds in ever another order");
    }
  }

  /** A power of two near the square root. */
  private static int roughRoot(int number) {
    int root = 1;
    for (int rest = number; rest > 0; rest >>>= 2) {
      root <<= 1;
    }
    return root;
  }

  /** Moves the elements that are worth comparing to the front and returns how many there are. */
  private static int keepWorthComparing(int[] sequence, int[] inOther, int often) {
    byte[] kinds = new byte[sequence.length];
    for (int i = 0; i < kinds.length; i++) {
      int others = inOther[sequence[i]];
      kinds[i] = others == 0 ? LACKING : others >= often ? FREQUENT : SHARED;
    }
    int kept = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == SHARED || (kinds[i] == FREQUENT && !isAmongLacking(kinds, i))) {
        sequence[kept++] = sequence[i];
      }
    }
    return kept;
  }

  private static boolean isAmongLacking(byte[] kinds, int place) {
    int lacking = 0;
    int frequent = 2; // the element itself, once in either direction
    int first = Math.max(0, place - NEIGHBOURS);
    for (int i = place - 1; i >= first && kinds[i] != SHARED; i--) {
      lacking += kinds[i] == LACKING ? 1 : 0;
      frequent += kinds[i] == FREQUENT ? 1 : 0;
    }
    if (lacking == 0) {
      return false;
    }
    int lackingBefore = lacking;
    int last = Math.min(kinds.length - 1, place + NEIGHBOURS);
    for (int i = place + 1; i <= last && kinds[i] != SHARED; i++) {
      lacking += kinds[i] == LACKING ? 1 : 0;
      frequent += kinds[i] == FREQUENT ? 1 : 0;
    }
    return lacking > lackingBefore && frequent * NEIGHBOURS_RATIO < frequent + lacking;
  }

  private void compare(int startA, int endA, int startB, int endB, boolean thorough)
      throws TooCostlyException {
    int fromA = startA;
    int fromB = startB;
    int toA = endA;
    int toB = endB;
    while (fromA < toA && fromB < toB && a[fromA] == b[fromB]) {
      fromA++;
      fromB++;
    }
    while (fromA < toA && fromB < toB && a[toA - 1] == b[toB - 1]) {
      toA--;
      toB--;
    }
    if (fromA == toA || fromB == toB) {
      deleted += toA - fromA;
      added += toB - fromB;
      return;
    }
    split(fromA, toA, fromB, toB, thorough);
    int middleA = splitA;
    int middleB = splitB;
    boolean before = thoroughBefore;
    boolean after = thoroughAfter;
    compare(fromA, middleA, fromB, middleB, before);
    compare(middleA, toA, middleB, toB, after);
  }

  private void splitAt(int placeA, int placeB, boolean before, boolean after) {
    splitA = placeA;
    splitB = placeB;
    thoroughBefore = before;
    thoroughAfter = after;
  }

  /**
   * Finds where to divide: Myers' search from both ends (An O(ND) Difference Algorithm and Its
   * Variations, 1986), with the limits of patience of git's xdiff.
   *
   * <p>A diagonal d holds the places with (place in a) − (place in b) = d; {@code forward[d]} is
   * how far in a the paths from the start got, {@code backward[d]} how far down those from the end.
   * Each round allows one more edit, and takes in one more diagonal at either side while there are
   * some. Where the two meet on a diagonal, the shortest way leads through there, and both halves
   * are searched again by themselves. Costs are O((n + m) d) time, and the two arrays as memory.
   *
   * <p>It is one method because all of its state is numbers that each half of a round reads and
   * moves; as fields they would be written to memory in the innermost loop of an ingest.
   */
  private void split(int fromA, int toA, int fromB, int toB, boolean thorough)
      throws TooCostlyException {
    int lowest = fromA - toB;
    int highest = toA - fromB;
    int forwardMiddle = fromA - fromB;
    int backwardMiddle = toA - toB;
    boolean odd = ((forwardMiddle - backwardMiddle) & 1) != 0;
    int forwardMin = forwardMiddle;
    int forwardMax = forwardMiddle;
    int backwardMin = backwardMiddle;
    int backwardMax = backwardMiddle;
    forward[origin + forwardMiddle] = fromA;
    backward[origin + backwardMiddle] = toA;
    for (int cost = 1; ; cost++) {
      boolean longRun = false;
      long run = 0;
      if (forwardMin > lowest) {
        forward[origin + --forwardMin - 1] = NOT_YET;
      } else {
        forwardMin++;
      }
      if (forwardMax < highest) {
        forward[origin + ++forwardMax + 1] = NOT_YET;
      } else {
        forwardMax--;
      }
      for (int d = forwardMax; d >= forwardMin; d -= 2) {
        int x = Math.max(forward[origin + d - 1] + 1, forward[origin + d + 1]);
        int y = x - d;
        int began = x;
        while (x < toA && y < toB && a[x] == b[y]) {
          x++;
          y++;
        }
        longRun |= x - began > LONG_RUN;
        run += x - began;
        forward[origin + d] = x;
        if (odd && d >= backwardMin && d <= backwardMax && backward[origin + d] <= x) {
          splitAt(x, y, true, true);
          return;
        }
      }
      if (backwardMin > lowest) {
        backward[origin + --backwardMin - 1] = BEYOND;
      } else {
        backwardMin++;
      }
      if (backwardMax < highest) {
        backward[origin + ++backwardMax + 1] = BEYOND;
      } else {
        backwardMax--;
      }
      for (int d = backwardMax; d >= backwardMin; d -= 2) {
        int x = Math.min(backward[origin + d - 1], backward[origin + d + 1] - 1);
        int y = x - d;
        int began = x;
        while (x > fromA && y > fromB && a[x - 1] == b[y - 1]) {
          x--;
          y--;
        }
        longRun |= began - x > LONG_RUN;
        run += began - x;
        backward[origin + d] = x;
        if (!odd && d >= forwardMin && d <= forwardMax && x <= forward[origin + d]) {
          splitAt(x, y, true, true);
          return;
        }
      }
      spend(run + forwardMax - forwardMin + backwardMax - backwardMin);
      if (thorough) {
        continue;
      }
      if (longRun && cost > PATIENCE) {
        if (splitAfterRun(fromA, toA, fromB, toB, forwardMin, forwardMax, cost)
            || splitBeforeRun(fromA, toA, fromB, toB, backwardMin, backwardMax, cost)) {
          return;
        }
      }
      if (cost >= costLimit) {
        splitAtFurthest(fromA, toA, fromB, toB, forwardMin, forwardMax, backwardMin, backwardMax);
        return;
      }
    }
  }

  /** Divides after the path from the start that got furthest for its cost, if it ends in a run. */
  private boolean splitAfterRun(
      int fromA, int toA, int fromB, int toB, int min, int max, int cost) {
    int best = 0;
    int middle = fromA - fromB;
    for (int d = max; d >= min; d -= 2) {
      int x = forward[origin + d];
      int y = x - d;
      int value = (x - fromA) + (y - fromB) - Math.abs(d - middle);
      if (value > PROGRESS_PER_STEP * cost
          && value > best
          && fromA + LONG_RUN <= x
          && x < toA
          && fromB + LONG_RUN <= y
          && y < toB
          && isRun(x - LONG_RUN, y - LONG_RUN)) {
        best = value;
        splitAt(x, y, true, false);
      }
    }
    return best > 0;
  }

  private boolean splitBeforeRun(
      int fromA, int toA, int fromB, int toB, int min, int max, int cost) {
    int best = 0;
    int middle = toA - toB;
    for (int d = max; d >= min; d -= 2) {
      int x = backward[origin + d];
      int y = x - d;
      int value = (toA - x) + (toB - y) - Math.abs(d - middle);
      if (value > PROGRESS_PER_STEP * cost
          && value > best
          && fromA < x
          && x <= toA - LONG_RUN
          && fromB < y
          && y <= toB - LONG_RUN
          && isRun(x, y)) {
        best = value;
        splitAt(x, y, false, true);
      }
    }
    return best > 0;
  }

  private boolean isRun(int x, int y) {
    return Arrays.equals(a, x, x + LONG_RUN, b, y, y + LONG_RUN);
  }

  /** Gives up on the smallest difference: divides where either side got furthest. */
  private void splitAtFurthest(
      int fromA,
      int toA,
      int fromB,
      int toB,
      int forwardMin,
      int forwardMax,
      int backwardMin,
      int backwardMax) {
    long furthest = -1;
    int furthestX = -1;
    for (int d = forwardMax; d >= forwardMin; d -= 2) {
      int x = Math.min(forward[origin + d], toA);
      if (toB < x - d) {
        x = toB + d;
      }
      long sum = 2L * x - d;
      if (furthest < sum) {
        furthest = sum;
        furthestX = x;
      }
    }
    long nearest = Long.MAX_VALUE;
    int nearestX = Integer.MAX_VALUE;
    for (int d = backwardMax; d >= backwardMin; d -= 2) {
      int x = Math.max(fromA, backward[origin + d]);
      if (x - d < fromB) {
        x = fromB + d;
      }
      long sum = 2L * x - d;
      if (sum < nearest) {
        nearest = sum;
        nearestX = x;
      }
    }
    if ((long) toA + toB - nearest < furthest - (fromA + fromB)) {
      splitAt(furthestX, (int) (furthest - furthestX), true, false);
    } else {
      splitAt(nearestX, (int) (nearest - nearestX), false, true);
    }
  }
}
