package dev.nightjar.settings.proposal;

/** Knows one way in which projects have benchmarks. */
@FunctionalInterface
interface BenchmarkFinder {
  /** Adds what a project has of it. */
  void find(ProjectFiles files, Proposal proposal);
}
