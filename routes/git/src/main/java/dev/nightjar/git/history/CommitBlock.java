package dev.nightjar.git.history;

import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.git.FileChange;
import dev.nightjar.model.git.GitCommit;
import dev.nightjar.model.git.GitText;
import java.util.List;

/**
 * Some commits, read.
 *
 * @param commits newest first as far as their times are right
 * @param unreadable what of them could not be read
 */
public record CommitBlock(List<GitCommit> commits, List<DeadLetter> unreadable) {
  private static final long BYTES_OF_A_COMMIT = 1000;
  private static final long BYTES_OF_A_CHANGE = 200;
  private static final long BYTES_OF_A_PARENT = 100;

  /** Ids of commits that could not be read at all: letters whose subject is the lost object. */
  public List<String> missing() {
    return unreadable.stream()
        .filter(letter -> letter.subject().equals(letter.payload()))
        .map(DeadLetter::payload)
        .toList();
  }

  /** About what this block takes in memory. */
  long bytes() {
    return commits.stream().mapToLong(CommitBlock::bytes).sum();
  }

  /** About what a commit takes in memory: what can be large of it is counted. */
  static long bytes(GitCommit commit) {
    long text = (long) commit.subject().length() + bytes(commit.body());
    long changes = 0;
    for (FileChange change : commit.changes()) {
      changes += BYTES_OF_A_CHANGE + bytes(change.path());
      changes += change.oldPath() == null ? 0 : bytes(change.oldPath());
    }
    return BYTES_OF_A_COMMIT + text + changes + BYTES_OF_A_PARENT * (long) commit.parents().size();
  }

  private static long bytes(GitText text) {
    return (long) text.text().length() + (text.bytes() == null ? 0 : text.bytes().length);
  }
}
