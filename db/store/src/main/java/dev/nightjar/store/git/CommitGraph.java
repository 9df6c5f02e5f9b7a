package dev.nightjar.store.git;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The stored commits of a repository and who is whose parent, in memory: about 90 bytes a commit. A
 * walk over all of it costs less than asking the database commit by commit, so it is loaded only
 * for the questions that a look at the new commits cannot answer.
 *
 * <p>Commits are numbered by their place here. They are found by the first 128 bits of their names,
 * which no two commits share.
 */
final class CommitGraph {
  private static final HexFormat HEX = HexFormat.of();
  private static final int ROWS_AT_ONCE = 10_000;

  private int count;
  private long[] numbers = new long[1024];
  private long[] names = new long[2 * 1024];
  private final BitSet marked = new BitSet();

  /** Parents of the commit at i are those from {@code firstParent[i]} on. */
  private int[] firstParent = new int[1024];

  private int parentCount;
  private long[] parents = new long[2 * 1024];
  private int[] slots = new int[0];

  private CommitGraph() {}

  /**
   * Reads it.
   *
   * @param connection in a transaction, so that rows come in portions
   * @param onlyFirst whether merges lead to their first parent only
   */
  static CommitGraph load(Connection connection, long repositoryId, boolean onlyFirst)
      throws SQLException {
    CommitGraph graph = new CommitGraph();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select commit_number, commit_id, unreachable_since is not null, parents"
                + " from git_commit where repository_id = ?")) {
      statement.setLong(1, repositoryId);
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Object[] parents = (Object[]) row.getArray(4).getArray();
          int followed = onlyFirst ? Math.min(1, parents.length) : parents.length;
          graph.add(row.getLong(1), row.getBytes(2), row.getBoolean(3), parents, followed);
        }
      }
    }
    graph.index();
    return graph;
  }

  private void add(long number, byte[] name, boolean isMarked, Object[] parentNames, int followed) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      names = Arrays.copyOf(names, 4 * count);
      firstParent = Arrays.copyOf(firstParent, 2 * count);
    }
    numbers[count] = number;
    put(name, names, count);
    marked.set(count, isMarked);
    firstParent[count] = parentCount;
    for (int i = 0; i < followed; i++) {
      if (2 * parentCount == parents.length) {
        parents = Arrays.copyOf(parents, 4 * parentCount);
      }
      put((byte[]) parentNames[i], parents, parentCount++);
    }
    count++;
  }

  private static void put(byte[] name, long[] into, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(name);
    into[2 * at] = bytes.getLong();
    into[2 * at + 1] = bytes.getLong();
  }

  /** Open addressing; a slot holds a place plus one, so that zero means empty. */
  private void index() {
    slots = new int[Integer.highestOneBit(Math.max(8, count)) * 4];
    for (int i = 0; i < count; i++) {
      slots[slotOf(names[2 * i], names[2 * i + 1])] = i + 1;
    }
  }

  private int slotOf(long first, long second) {
    int mask = slots.length - 1;
    int slot = (int) second & mask;
    while (slots[slot] != 0
        && (names[2 * slots[slot] - 2] != first || names[2 * slots[slot] - 1] != second)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int place(String commit) {
    long[] name = new long[2];
    put(HEX.parseHex(commit), name, 0);
    return slots[slotOf(name[0], name[1])] - 1;
  }

  boolean contains(String commit) {
    return place(commit) >= 0;
  }

  /** Whether one commit is another or an ancestor of it. */
  boolean leads(String from, String to) {
    int wanted = place(to);
    return wanted >= 0 && walk(List.of(from), place -> place == wanted).get(wanted);
  }

  /** The stored commits behind these, and they themselves, by place. */
  BitSet reached(Collection<String> tips) {
    return walk(tips, place -> false);
  }

  private BitSet walk(Collection<String> tips, IntPredicate isEnough) {
    BitSet reached = new BitSet(count);
    int[] stack = new int[count + 1];
    int depth = 0;
    for (String tip : tips) {
      int place = place(tip);
      if (place >= 0 && !reached.get(place)) {
        reached.set(place);
        stack[depth++] = place;
      }
    }
    while (depth > 0) {
      int place = stack[--depth];
      if (isEnough.test(place)) {
        return reached;
      }
      int end = place + 1 < count ? firstParent[place + 1] : parentCount;
      for (int i = firstParent[place]; i < end; i++) {
        int parent = slots[slotOf(parents[2 * i], parents[2 * i + 1])] - 1;
        if (parent >= 0 && !reached.get(parent)) {
          reached.set(parent);
          stack[depth++] = parent;
        }
      }
    }
    return reached;
  }

  /** Numbers in the database of commits that are not reached and not yet marked so. */
  long[] toMark(BitSet reached) {
    BitSet places = new BitSet(count);
    places.set(0, count);
    places.andNot(reached);
    places.andNot(marked);
    return numbers(places);
  }

  /** Numbers in the database of commits that are marked as unreachable and are reached. */
  long[] toUnmark(BitSet reached) {
    BitSet places = (BitSet) marked.clone();
    places.and(reached);
    return numbers(places);
  }

  private long[] numbers(BitSet places) {
    return places.stream().mapToLong(place -> numbers[place]).toArray();
  }
}
