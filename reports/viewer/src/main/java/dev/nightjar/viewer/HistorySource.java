package dev.nightjar.viewer;

import dev.nightjar.store.report.HistoryChange;
import dev.nightjar.store.report.HistoryCommit;
import dev.nightjar.store.report.HistoryCursor;
import dev.nightjar.store.report.HistoryRef;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a history comes from. Commits and changes pass by in the order of the commits' numbers. */
public interface HistorySource {
  /** Every commit. */
  void commits(Consumer<HistoryCommit> sink);

  /** Every change of a file. */
  void changes(Consumer<HistoryChange> sink);

  /** The names of those who wrote commits, by {@link HistoryCommit#authorId()}. */
  Map<Long, String> people();

  /** Branches and tags. */
  List<HistoryRef> refs();

  /** The short name of the default branch; absent where nothing says it. */
  @Nullable String defaultBranch();

  /** What the database holds. */
  static HistorySource stored(HistoryCursor cursor) {
    return new HistorySource() {
      @Override
      public void commits(Consumer<HistoryCommit> sink) {
        cursor.commits(sink);
      }

      @Override
      public void changes(Consumer<HistoryChange> sink) {
        cursor.changes(sink);
      }

      @Override
      public Map<Long, String> people() {
        return cursor.people();
      }

      @Override
      public List<HistoryRef> refs() {
        return cursor.refs();
      }

      @Override
      public @Nullable String defaultBranch() {
        return cursor.defaultBranch();
      }
    };
  }
}
