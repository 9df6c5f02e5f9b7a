package dev.nightjar.kernel.process;

import java.util.Optional;

/** What a shell says by its own exit statuses (POSIX, Shell Command Language, 2.8.2). */
public final class ShellStatus {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private ShellStatus() {}

  /**
   * In words; empty for a status that a command may have of itself.
   *
   * @param remedy what is to be done where a program is missing
   */
  public static Optional<String> meaning(int status, String remedy) {
    return switch (status) {
      case NOT_FOUND -> Optional.of("a shell's word for a program that is not there; " + remedy);
      case NOT_EXECUTABLE -> Optional.of("a shell's word for a file that cannot be run");
      default -> Optional.empty();
    };
  }
}
