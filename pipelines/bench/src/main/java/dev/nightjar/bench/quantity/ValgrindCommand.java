package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.process.ProcessCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A command as Valgrind runs it, with all the programs that it starts. */
final class ValgrindCommand {
  /** How much slower a program may be than by itself. */
  private static final int SLOWDOWN_MAX = 100;

  private static final Duration LONGEST = Duration.ofDays(7);

  private ValgrindCommand() {}

  static ProcessCommand of(Path valgrind, List<String> options, ProcessCommand command) {
    List<String> argv = new ArrayList<>();
    argv.add(valgrind.toString());
    argv.add("--trace-children=yes");
    argv.addAll(options);
    argv.addAll(command.argv());
    return command.as(argv, longer(command.timeout()));
  }

  private static Duration longer(Duration timeout) {
    Duration longer = timeout.multipliedBy(SLOWDOWN_MAX);
    return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
  }
}
