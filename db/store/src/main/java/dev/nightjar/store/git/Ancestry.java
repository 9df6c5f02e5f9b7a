package dev.nightjar.store.git;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who descends from whom. A branch that only grew is told by the commits that came in just now;
 * what they cannot tell is looked up in the whole graph, which is loaded once if at all.
 */
final class Ancestry {
  /** Beyond this the graph is cheaper than remembering. */
  private static final int MOST_REMEMBERED = 50_000;

  private final long repositoryId;
  private final Map<String, List<String>> parents = new HashMap<>();
  private boolean remembersAll = true;
  private @Nullable CommitGraph graph;

  Ancestry(long repositoryId) {
    this.repositoryId = repositoryId;
  }

  /** A commit that came in. */
  void remember(String commit, List<String> itsParents) {
    if (parents.size() == MOST_REMEMBERED) {
      remembersAll = false;
      parents.clear();
    }
    if (remembersAll) {
      parents.put(commit, itsParents);
    }
  }

  /** Whether nothing came in. */
  boolean isNothingNew() {
    return remembersAll && parents.isEmpty();
  }

  /**
   * Whether a commit is another or descends from it; absent where one of them is not stored.
   *
   * @param firstParent whether only first parents count
   */
  @Nullable Boolean descends(Connection connection, String newer, String older, boolean firstParent)
      throws SQLException {
    if (isShown(List.of(newer), older, firstParent)) {
      return true;
    }
    CommitGraph whole = graph(connection, firstParent);
    boolean areStored = whole.contains(newer) && whole.contains(older);
    return areStored ? (Boolean) whole.leads(newer, older) : null;
  }

  /** Whether the commits that came in show a way; that they do not proves nothing. */
  boolean isShown(Collection<String> from, String to, boolean firstParent) {
    Set<String> seen = new HashSet<>(from);
    Deque<String> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      String commit = next.pop();
      if (commit.equals(to)) {
        return true;
      }
      List<String> behind = parents.getOrDefault(commit, List.of());
      boolean isCut = firstParent && behind.size() > 1;
      List<String> followed = isCut ? behind.subList(0, 1) : behind;
      for (String parent : followed) {
        if (seen.add(parent)) {
          next.push(parent);
        }
      }
    }
    return false;
  }

  CommitGraph graph(Connection connection, boolean firstParent) throws SQLException {
    if (graph == null) {
      graph = CommitGraph.load(connection, repositoryId, firstParent);
    }
    return graph;
  }
}
