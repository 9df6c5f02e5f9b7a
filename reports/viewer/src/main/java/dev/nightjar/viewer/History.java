package dev.nightjar.viewer;

import dev.nightjar.markup.VisibleText;
import dev.nightjar.store.report.HistoryChange;
import dev.nightjar.store.report.HistoryCommit;
import dev.nightjar.store.report.HistoryRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole history in arrays: about 60 bytes and its subject for a commit, 17 bytes for a change.
 *
 * <p>Commits are rows in the order in which they were read; {@link TimeOrder} puts them in the
 * order in which they are shown.
 */
final class History {
  /** A commit's time when it has none. */
  static final long NO_TIME = Long.MIN_VALUE;

  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  private static final int LONGEST_SUBJECT = 400;
  private static final int LONGEST_NAME = 100;

  private long[] numbers = new long[1024];
  private long[] seconds = new long[1024];
  private final Bytes ids = new Bytes(1 << 16);
  private final Bytes parentIds = new Bytes(1 << 16);
  private final Ints parentStarts = new Ints();
  private final Bytes subjects = new Bytes(1 << 20);
  private final Ints subjectStarts = new Ints();
  private final Ints authors = new Ints();
  private final Map<Long, Integer> authorSlots = new LinkedHashMap<>();
  private final Map<String, Integer> pathSlots = new HashMap<>();
  private final List<String> paths = new ArrayList<>();
  private final Ints changeCommits = new Ints();
  private final Ints changePaths = new Ints();
  private final Ints changeOldPaths = new Ints();
  private final Ints changeAdded = new Ints();
  private final Ints changeDeleted = new Ints();
  private final Bytes changeKinds = new Bytes(1 << 12);
  private final String[] authorNames;
  private final int[] parents;
  private final int[] parentOffsets;
  private final int[] changeOffsets;
  private final CommitIds index;
  private final Map<String, Integer> refs = new LinkedHashMap<>();
  private final @Nullable String defaultBranch;
  private int size;
  private int idBytes = 20;

  /** Reads all of it. */
  History(HistorySource source) {
    source.commits(this::take);
    parentStarts.add(parentIds.size());
    subjectStarts.add(subjects.size());
    index = new CommitIds(ids.toArray(), idBytes);
    parentOffsets = new int[size + 1];
    parents = resolveParents();
    source.changes(this::take);
    changeOffsets = changeOffsets();
    authorNames = rankAuthors(source.people());
    for (HistoryRef ref : source.refs()) {
      int row = index.find(ref.commit(), 0);
      if (row >= 0) {
        refs.put(ref.name(), row);
      }
    }
    defaultBranch = source.defaultBranch();
  }

  /** The row of a commit by its id in hex; -1 where it is not here. */
  int row(@Nullable String id) {
    boolean isId = id != null && id.length() == 2 * idBytes && HEX.matcher(id).matches();
    return isId ? index.find(HexFormat.of().parseHex(id), 0) : -1;
  }

  private void take(HistoryCommit commit) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + (size >> 1));
      seconds = Arrays.copyOf(seconds, numbers.length);
    }
    if (size == 0) {
      idBytes = commit.id().length;
    }
    numbers[size] = commit.number();
    Long time = commit.committedAtSeconds();
    seconds[size] = time == null ? NO_TIME : time;
    size++;
    ids.all(commit.id());
    parentStarts.add(parentIds.size());
    parentIds.all(commit.parents());
    subjectStarts.add(subjects.size());
    subjects.text(oneLine(VisibleText.shortened(commit.subject(), LONGEST_SUBJECT)));
    authors.add(authorSlots.computeIfAbsent(commit.authorId(), id -> authorSlots.size()));
  }

  /** What may stand in a list with line breaks between. */
  private static String oneLine(String text) {
    return text.replace('\n', '\u240A').replace('\r', '\u240D');
  }

  private void take(HistoryChange change) {
    int row = Arrays.binarySearch(numbers, 0, size, change.commitNumber());
    if (row < 0) {
      return; // of a commit that came in after they were read
    }
    changeCommits.add(row);
    changePaths.add(pathSlot(oneLine(VisibleText.of(change.path()))));
    String old = change.oldPath();
    changeOldPaths.add(old == null ? -1 : pathSlot(oneLine(VisibleText.of(old))));
    changeAdded.add(change.linesAdded());
    changeDeleted.add(change.linesDeleted());
    changeKinds.u8(change.kind());
  }

  private int pathSlot(String path) {
    Integer known = pathSlots.get(path);
    if (known != null) {
      return known;
    }
    pathSlots.put(path, paths.size());
    paths.add(path);
    return paths.size() - 1;
  }

  private int[] resolveParents() {
    Ints resolved = new Ints();
    byte[] all = parentIds.toArray();
    for (int row = 0; row < size; row++) {
      parentOffsets[row] = resolved.size();
      for (int at = parentStarts.get(row); at < parentStarts.get(row + 1); at += idBytes) {
        int parent = index.find(all, at);
        if (parent >= 0 && parent != row) {
          resolved.add(parent);
        }
      }
    }
    parentOffsets[size] = resolved.size();
    return resolved.toArray();
  }

  private int[] changeOffsets() {
    int[] offsets = new int[size + 1];
    for (int i = 0; i < changeCommits.size(); i++) {
      offsets[changeCommits.get(i) + 1]++;
    }
    for (int row = 0; row < size; row++) {
      offsets[row + 1] += offsets[row];
    }
    return offsets;
  }

  /** Renumbers authors so that who wrote most is 0. */
  private String[] rankAuthors(Map<Long, String> people) {
    int[] commits = new int[authorSlots.size()];
    for (int row = 0; row < size; row++) {
      commits[authors.get(row)]++;
    }
    List<Map.Entry<Long, Integer>> ranked = new ArrayList<>(authorSlots.entrySet());
    ranked.sort((a, b) -> Integer.compare(commits[b.getValue()], commits[a.getValue()]));
    String[] names = new String[ranked.size()];
    authorRanks = new int[ranked.size()];
    for (int rank = 0; rank < names.length; rank++) {
      names[rank] =
          oneLine(
              VisibleText.shortened(
                  people.getOrDefault(ranked.get(rank).getKey(), ""), LONGEST_NAME));
      authorRanks[ranked.get(rank).getValue()] = rank;
    }
    return names;
  }

  private int[] authorRanks = {};

  int size() {
    return size;
  }

  int idBytes() {
    return idBytes;
  }

  /** Since 1970 UTC as the commit says it; {@link #NO_TIME} when it says none. */
  long seconds(int row) {
    return seconds[row];
  }

  void appendId(int row, Bytes to) {
    to.all(ids.array(), row * idBytes, idBytes);
  }

  void appendSubject(int row, Bytes to) {
    int start = subjectStarts.get(row);
    to.all(subjects.array(), start, subjectStarts.get(row + 1) - start);
  }

  /** Rank of the author by commits, from 0. */
  int author(int row) {
    return authorRanks[authors.get(row)];
  }

  /** Names by rank; several people may have the same one. */
  String[] authorNames() {
    return authorNames;
  }

  int parentCount(int row) {
    return parentOffsets[row + 1] - parentOffsets[row];
  }

  /** A parent's row. Parents that are not stored are left out. */
  int parent(int row, int which) {
    return parents[parentOffsets[row] + which];
  }

  /** The first of a commit's changes; those up to the next commit's first are its own. */
  int firstChange(int row) {
    return changeOffsets[row];
  }

  int changePath(int change) {
    return changePaths.get(change);
  }

  /** -1 where there is none. */
  int changeOldPath(int change) {
    return changeOldPaths.get(change);
  }

  int changeAdded(int change) {
    return changeAdded.get(change);
  }

  int changeDeleted(int change) {
    return changeDeleted.get(change);
  }

  char changeKind(int change) {
    return (char) changeKinds.array()[change];
  }

  List<String> paths() {
    return paths;
  }

  /** Lines added and deleted by a commit. */
  long linesChanged(int row) {
    long lines = 0;
    for (int change = changeOffsets[row]; change < changeOffsets[row + 1]; change++) {
      lines += changeAdded.get(change) + (long) changeDeleted.get(change);
    }
    return lines;
  }

  /** Rows of the commits that branches and tags lead to, by full name. */
  Map<String, Integer> refs() {
    return refs;
  }

  /** The row at which the default branch stands; the newest commit where nothing says it. */
  int mainTip() {
    if (defaultBranch != null) {
      for (String prefix : List.of("refs/heads/", "refs/remotes/origin/")) {
        Integer row = refs.get(prefix + defaultBranch);
        if (row != null) {
          return row;
        }
      }
    }
    int newest = 0;
    for (int row = 1; row < size; row++) {
      newest = seconds[row] > seconds[newest] ? row : newest;
    }
    return newest;
  }
}
