package dev.nightjar.routes.git;

/** Hears how far an ingest is. */
@FunctionalInterface
public interface GitIngestProgress {
  /** Hears nothing. */
  GitIngestProgress NONE = (done, total) -> {};

  /**
   * Some commits were read.
   *
   * @param done commits brought in so far
   * @param total commits found so far; it grows until the walk has ended
   */
  void commits(long done, long total);
}
