package dev.nightjar.cli;

/**
 * What the process says to the one who started it; these numbers do not change. {@link Ending}
 * holds which cause has which, and the launcher has {@link #ENVIRONMENT} for all that fails before.
 */
final class ExitCode {
  static final int DONE = 0;

  /** Something was found: a benchmark regressed or failed. */
  static final int FINDINGS = 1;

  /** A mistake in the command line or the configuration. */
  static final int USAGE = 2;

  /** No verdict: a benchmark is missing, or inconclusive where the policy says that this fails. */
  static final int NO_VERDICT = 3;

  /** The environment failed: a store, a tool, the disk, memory, a limit, the JVM itself. */
  static final int ENVIRONMENT = 4;

  /** A defect in Nightjar. */
  static final int DEFECT = 70;

  private ExitCode() {}
}
