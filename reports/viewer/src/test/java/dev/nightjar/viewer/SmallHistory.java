package dev.nightjar.viewer;

import dev.nightjar.store.report.HistoryChange;
import dev.nightjar.store.report.HistoryCommit;
import dev.nightjar.store.report.HistoryRef;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A history that tests write commit by commit. Ids are made from numbers; times are hours from a
 * fixed moment. Text passes a function, so that a test can put attack strings everywhere.
 */
public final class SmallHistory implements HistorySource {
  public static final long START_SECONDS = 1_700_000_000L;
  private static final int ID_BYTES = 20;

  private final UnaryOperator<String> names;
  private final List<HistoryCommit> commits = new ArrayList<>();
  private final List<HistoryChange> changes = new ArrayList<>();
  private final List<HistoryRef> refs = new ArrayList<>();
  private final Map<Long, String> people = new HashMap<>();

  public SmallHistory() {
    this(UnaryOperator.identity());
  }

  public SmallHistory(UnaryOperator<String> names) {
    this.names = names;
  }

  /** Adds a commit of an author. */
  public SmallHistory commit(int number, @Nullable Integer hour, int author, int... parents) {
    ByteBuffer parentIds = ByteBuffer.allocate(parents.length * ID_BYTES);
    for (int parent : parents) {
      parentIds.put(id(parent));
    }
    commits.add(
        new HistoryCommit(
            number,
            id(number),
            parentIds.array(),
            author,
            hour == null ? null : START_SECONDS + hour * 3600L,
            names.apply("Change number " + number)));
    people.put((long) author, names.apply("Author " + author));
    return this;
  }

  /** Adds a change to the commit of that number; in the order of the commits. */
  public SmallHistory change(int number, char kind, String path, int added, int deleted) {
    changes.add(new HistoryChange(number, kind, names.apply(path), null, added, deleted));
    return this;
  }

  /** Adds a rename. */
  public SmallHistory rename(int number, String from, String to, int added, int deleted) {
    changes.add(new HistoryChange(number, 'R', names.apply(to), names.apply(from), added, deleted));
    return this;
  }

  /** Adds a ref. */
  public SmallHistory ref(String prefix, String name, int number) {
    refs.add(new HistoryRef(prefix + names.apply(name), id(number)));
    return this;
  }

  /** A plausible history: a default branch, every fifth commit merging a branch of three. */
  public static SmallHistory plausible(int commits, UnaryOperator<String> names) {
    SmallHistory history = new SmallHistory(names);
    int tip = -1;
    int number = 0;
    while (number < commits) {
      int fork = tip;
      history.commit(number, number, number % 11, fork < 0 ? new int[0] : new int[] {fork});
      history.touch(number);
      tip = number++;
      if (tip % 5 == 4) {
        int branch = fork;
        for (int i = 0; i < 3; i++) {
          history.commit(number, number, number % 7, branch);
          history.touch(number);
          branch = number++;
        }
        history.commit(number, number, 0, tip, branch);
        tip = number++;
      }
    }
    return history
        .ref("refs/heads/", "main", tip)
        .ref("refs/tags/", "v1.0", Math.min(20, tip))
        .ref("refs/heads/", "topic", Math.max(0, tip - 3));
  }

  private void touch(int number) {
    String path = "src/part" + number % 6 + "/File" + number % 23 + ".java";
    change(number, number < 23 ? 'A' : 'M', path, 20 + number % 40, number % 9);
  }

  /** The id of a number. */
  public static byte[] id(int number) {
    byte[] id = new byte[ID_BYTES];
    ByteBuffer.wrap(id)
        .putLong(number * 0x9E3779B97F4A7C15L)
        .putLong(number * 0xC2B2AE3D27D4EB4FL)
        .putInt(number);
    return id;
  }

  @Override
  public void commits(Consumer<HistoryCommit> sink) {
    commits.forEach(sink);
  }

  @Override
  public void changes(Consumer<HistoryChange> sink) {
    changes.forEach(sink);
  }

  @Override
  public Map<Long, String> people() {
    return people;
  }

  @Override
  public List<HistoryRef> refs() {
    return refs;
  }

  @Override
  public String defaultBranch() {
    return names.apply("main");
  }
}
