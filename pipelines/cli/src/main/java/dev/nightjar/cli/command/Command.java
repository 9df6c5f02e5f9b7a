package dev.nightjar.cli.command;

import java.util.List;
import org.apache.commons.cli.Options;

/** One verb of the command line. */
public interface Command {
  /** The word that calls it. */
  String name();

  /** What it does, in a line. */
  String summary();

  /** What stands behind the verb, such as {@code [NAME | SQL]}; empty when nothing may. */
  default String operands() {
    return "";
  }

  /** Command lines that a newcomer can copy, each with a comment behind it. */
  List<String> examples();

  /** The verb's own options; those that all verbs have are added to them. */
  default Options options() {
    return new Options();
  }

  /**
   * Whether it is about a repository: only then does it take {@code --repo} and {@code --config}.
   */
  default boolean concernsRepository() {
    return true;
  }

  /** Whether it can print JSON: only then does it take {@code --json}. */
  default boolean speaksJson() {
    return true;
  }

  /** Words that may follow the verb, for shell completion. */
  default List<String> words() {
    return List.of();
  }

  /**
   * Does it.
   *
   * @return an {@link ExitCode}
   */
  int run(Invocation invocation) throws Exception;
}
