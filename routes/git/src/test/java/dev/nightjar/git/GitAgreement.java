package dev.nightjar.git;

import dev.nightjar.git.GitLog.Row;
import dev.nightjar.git.history.CommitBlock;
import dev.nightjar.git.history.HistoryRequest;
import dev.nightjar.git.history.KnownCommits;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.git.GitCommit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How far the reader and {@code git log -M} say the same of one branch. */
public final class GitAgreement {
  private final Map<String, List<Row>> ours = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private final List<DeadLetter> unreadable = new ArrayList<>();
  private long rows;
  private long rowsEqual;
  private long countsEqual;
  private long extraRows;

  private GitAgreement() {}

  /** Reads the branch both ways. */
  public static GitAgreement over(Path repository, String revision, boolean firstParent) {
    GitCommand git = new GitCommand(repository);
    GitAgreement agreement = new GitAgreement();
    agreement.read(repository, git.text("rev-parse", revision), firstParent);
    agreement.compare(
        firstParent
            ? GitLog.of(git, "--first-parent", "--diff-merges=first-parent", revision)
            : GitLog.of(git, revision));
    return agreement;
  }

  private void read(Path path, String tip, boolean firstParent) {
    try (GitRepository repository = GitRepository.open(path)) {
      repository
          .history()
          .read(
              new HistoryRequest(List.of(tip), KnownCommits.NONE, firstParent, 2),
              (block, total) -> take(block));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void take(CommitBlock block) {
    unreadable.addAll(block.unreadable());
    for (GitCommit commit : block.commits()) {
      ours.put(commit.id(), commit.changes().stream().map(Row::of).toList());
    }
  }

  private void compare(Map<String, List<Row>> theirs) {
    theirs.forEach((commit, expected) -> {
      List<Row> read = ours.remove(commit);
      if (read == null) {
        rows += expected.size();
        differences.add(commit + " was not read");
      } else {
        compare(commit, expected, read);
      }
    });
    ours.forEach((commit, read) -> {
      extraRows += read.size();
      differences.add(commit + " is not in git's listing");
    });
  }

  private void compare(String commit, List<Row> expected, List<Row> read) {
    rows += expected.size();
    if (expected.equals(read)) {
      rowsEqual += expected.size();
      countsEqual += expected.size();
      return;
    }
    Map<Row, Row> byListing = new HashMap<>();
    read.forEach(row -> byListing.put(withoutPercent(row), row));
    Set<Row> found = new HashSet<>();
    for (Row row : expected) {
      Row match = byListing.get(withoutPercent(row));
      if (match != null) {
        found.add(match);
        rowsEqual++;
        countsEqual += match.equals(row) ? 1 : 0;
      }
      if (!row.equals(match)) {
        differences.add(commit + "\n  git:  " + row + "\n  ours: " + match);
      }
    }
    for (Row row : read) {
      if (!found.contains(row)) {
        extraRows++;
        differences.add(commit + "\n  git:  nothing\n  ours: " + row);
      }
    }
    if (Set.copyOf(expected).equals(Set.copyOf(read))) {
      differences.add(commit + " lists the same in another order");
    }
  }

  /** The set that is compared: kind, path and old path. */
  private static Row withoutPercent(Row row) {
    return new Row(row.kind(), row.path(), row.oldPath(), null, null, null);
  }

  /** Each difference in words; none if git and the reader agree in everything. */
  public List<String> differences() {
    return differences;
  }

  /** What could not be read. */
  public List<DeadLetter> unreadable() {
    return unreadable;
  }

  /** The shares in one line. */
  public String summary() {
    return "%,d rows of git: %,d the same (%.4f %%), %,d with the same counts (%.4f %%); %,d rows that git has not; %,d unreadable"
        .formatted(
            rows,
            rowsEqual,
            100.0 * rowsEqual / Math.max(1, rows),
            countsEqual,
            100.0 * countsEqual / Math.max(1, rows),
            extraRows,
            unreadable.size());
  }
}
