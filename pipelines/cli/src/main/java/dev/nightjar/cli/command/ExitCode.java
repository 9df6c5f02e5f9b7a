package dev.nightjar.cli.command;

/**
 * What the process says to the one who started it; these numbers do not change. {@link
 * dev.nightjar.cli.Ending} holds which cause has which, and the launcher has {@link #ENVIRONMENT}
 * for all that fails before.
 */
public final class ExitCode {
  public static final int DONE = 0;

  /** Something was found: a benchmark regressed or failed. */
  public static final int FINDINGS = 1;

  /** A mistake in the command line or the configuration. */
  public static final int USAGE = 2;

  /** No verdict: a benchmark is missing, or inconclusive where the policy says that this fails. */
  public static final int NO_VERDICT = 3;

  /** The environment failed: a store, a tool, the disk, memory, a limit, the JVM itself. */
  public static final int ENVIRONMENT = 4;

  /** A defect in Nightjar. */
  public static final int DEFECT = 70;

  private ExitCode() {}
}
