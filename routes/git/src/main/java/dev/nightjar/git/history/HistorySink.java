package dev.nightjar.git.history;

/** Takes what was read, one block at a time, in the thread that asked for it. */
public interface HistorySink {
  /**
   * Takes a block.
   *
   * @param block the next block
   * @param commitsTotal how many commits will come in all as far as that is known by now; it grows
   *     until the walk has ended
   */
  void accept(CommitBlock block, long commitsTotal);
}
