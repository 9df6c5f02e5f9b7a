package dev.nightjar.git.history;

import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.GitCommit;
import java.util.List;

/**
 * Some commits, read.
 *
 * @param commits newest first as far as their times are right
 * @param unreadable what of them could not be read
 */
public record CommitBlock(List<GitCommit> commits, List<DeadLetter> unreadable) {
  /** Ids of commits that could not be read at all: letters whose subject is the lost object. */
  public List<String> missing() {
    return unreadable.stream()
        .filter(letter -> letter.subject().equals(letter.payload()))
        .map(DeadLetter::payload)
        .toList();
  }
}
