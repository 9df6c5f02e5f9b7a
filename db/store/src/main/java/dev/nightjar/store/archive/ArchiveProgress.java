package dev.nightjar.store.archive;

/** Hears how far an export or import has come; called for each piece. */
@FunctionalInterface
public interface ArchiveProgress {
  void at(String table, long rows, long ofRows);
}
