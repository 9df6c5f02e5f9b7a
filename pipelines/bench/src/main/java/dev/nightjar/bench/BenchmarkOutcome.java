package dev.nightjar.bench;

import dev.nightjar.model.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a benchmark ended.
 *
 * @param repetitionsDone repetitions that gave samples in this call
 * @param reason a sentence; absent when it completed
 * @param exitCode of the command that ended it; absent when none did, or a signal
 * @param outputTail the last of what that command wrote, at most 4 KiB; hostile
 * @param command the command that failed; empty when none did
 */
public record BenchmarkOutcome(
    End end,
    int repetitionsDone,
    @Nullable String reason,
    @Nullable Integer exitCode,
    String outputTail,
    List<String> command) {

  /** What ended it. */
  public enum End {
    COMPLETED,
    FAILED,
    TIMED_OUT,
    /** It failed, and its definition says that it is then left out. */
    SKIPPED
  }

  /** Nothing went wrong. */
  public static BenchmarkOutcome completed(int repetitions) {
    return new BenchmarkOutcome(End.COMPLETED, repetitions, null, null, "", List.of());
  }

  /** The same without what nobody should read. */
  BenchmarkOutcome hiding(Redaction redaction) {
    return new BenchmarkOutcome(
        end,
        repetitionsDone,
        reason == null ? null : redaction.applyTo(reason),
        exitCode,
        redaction.applyTo(outputTail),
        command.stream().map(redaction::applyTo).toList());
  }
}
