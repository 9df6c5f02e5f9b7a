package dev.nightjar.bench;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.ShellStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of a benchmark did not give what it should; what that means, the definition says. */
final class RepetitionFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String REMEDY = "'setup' in nightjar.yaml builds it";

  private final End end;
  private final String reason;
  private final @Nullable Integer exitCode;
  private final String tail;
  private final transient List<String> command;

  RepetitionFailed(
      End end, String reason, @Nullable Integer exitCode, String tail, List<String> command) {
    super(reason, null, false, false);
    this.end = end;
    this.reason = reason;
    this.exitCode = exitCode;
    this.tail = tail;
    this.command = command;
  }

  static RepetitionFailed of(ProcessOutcome outcome, ProcessCommand command, String tail) {
    boolean timedOut = outcome.end() == ProcessOutcome.End.TIMED_OUT;
    boolean exited = outcome.end() == ProcessOutcome.End.EXITED;
    return new RepetitionFailed(
        timedOut ? End.TIMED_OUT : End.FAILED,
        sentence(outcome, command),
        exited ? outcome.status() : null,
        tail,
        command.argv());
  }

  private static String sentence(ProcessOutcome outcome, ProcessCommand command) {
    return switch (outcome.end()) {
      case EXITED -> "it exited with " + outcome.status() + hint(outcome.status());
      case SIGNALLED -> "signal " + outcome.status() + " ended it";
      case TIMED_OUT -> "it did not end within " + command.timeout().toSeconds() + " s";
      case TOO_MUCH_OUTPUT ->
          "it wrote more than " + command.mostOutputBytes() / (1 << 20) + " MiB of output";
    };
  }

  private static String hint(int status) {
    return ShellStatus.meaning(status, REMEDY).map(words -> ": " + words).orElse("");
  }

  /** The same of a command that ran under an instrument, which it may not bear. */
  RepetitionFailed under(String instrument) {
    return new RepetitionFailed(
        end,
        "under %s %s; a program that does not bear it can be measured without what needs it ('measure')"
            .formatted(instrument, reason),
        exitCode,
        tail,
        command);
  }

  String reason() {
    return reason;
  }

  BenchmarkOutcome outcome(OnFailure onFailure, int repetitionsDone) {
    return new BenchmarkOutcome(
        onFailure == OnFailure.SKIP ? End.SKIPPED : end,
        repetitionsDone,
        reason,
        exitCode,
        tail,
        command);
  }
}
