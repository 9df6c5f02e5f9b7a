package dev.nightjar.doors.git;

/** Hears how far an ingest is. */
@FunctionalInterface
public interface GitIngestProgress {
  /** Hears nothing. */
  GitIngestProgress NONE = (done, total) -> {};

  /**
   * Some commits were read. Whatever this throws ends the ingest; what was read before is stored,
   * or is read again by the next one.
   *
   * @param done commits brought in so far
   * @param total commits found so far; it grows until the walk has ended
   */
  void commits(long done, long total);
}
