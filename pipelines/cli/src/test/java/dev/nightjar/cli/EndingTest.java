package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of cause, and what the process ends with. */
class EndingTest {
  static Stream<Arguments> causes() {
    Failure misuse = new Failure.Misuse("the key is unknown.");
    Failure unavailable = new Failure.Unavailable("the server is away");
    IOException files = new FileSystemException("nightjar.yaml", null, "Too many open files");
    IOException disk = new IOException("No space left on device");
    SQLException lost =
        new SQLTransientConnectionException("refused", "08001", new IOException("refused"));
    return Stream.of(
        Arguments.of(misuse, ExitCode.USAGE, "the key is unknown."),
        Arguments.of(unavailable, ExitCode.ENVIRONMENT, "the server is away"),
        Arguments.of(new ExecutionException(unavailable), ExitCode.ENVIRONMENT, "is away"),
        Arguments.of(new IllegalStateException("step", misuse), ExitCode.USAGE, "unknown"),
        Arguments.of(new InterruptedException(), ExitCode.ENVIRONMENT, "interrupted."),
        Arguments.of(files, ExitCode.ENVIRONMENT, "ulimit -n"),
        Arguments.of(new UncheckedIOException(files), ExitCode.ENVIRONMENT, "ulimit -n"),
        Arguments.of(
            new Failure.Misuse("nightjar.yaml cannot be read", files),
            ExitCode.ENVIRONMENT,
            "ulimit -n"),
        Arguments.of(new UncheckedIOException(disk), ExitCode.ENVIRONMENT, "no space is left"),
        Arguments.of(new IllegalStateException("pool", lost), ExitCode.ENVIRONMENT, "try again"),
        Arguments.of(
            new IllegalStateException(new SQLException("the administrator", "57P01")),
            ExitCode.ENVIRONMENT,
            "try again"),
        Arguments.of(new OutOfMemoryError("Java heap space"), ExitCode.ENVIRONMENT, "-Xmx2g"),
        Arguments.of(
            new CompletionException(new OutOfMemoryError("Java heap space")),
            ExitCode.ENVIRONMENT,
            "-Xmx2g"),
        Arguments.of(
            new OutOfMemoryError("unable to create native thread"),
            ExitCode.ENVIRONMENT,
            "ulimit -u"),
        Arguments.of(new StackOverflowError(), ExitCode.DEFECT, "defect"),
        Arguments.of(new ExecutionException(new StackOverflowError()), ExitCode.DEFECT, "defect"),
        Arguments.of(new NoClassDefFoundError("x"), ExitCode.DEFECT, "defect"),
        Arguments.of(new AssertionError("x"), ExitCode.DEFECT, "defect"),
        Arguments.of(new InternalError("x"), ExitCode.DEFECT, "defect"),
        Arguments.of(
            new IllegalStateException(new SQLException("no such column", "42703")),
            ExitCode.DEFECT,
            "defect"),
        Arguments.of(new IllegalStateException("x"), ExitCode.DEFECT, "defect"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("causes")
  void aCauseHasItsCodeAndSentence(Throwable cause, int exitCode, String sentence) {
    Ending ending = Ending.of(cause);
    assertEquals(exitCode, ending.exitCode());
    assertTrue(ending.sentence().contains(sentence), ending.sentence());
    assertEquals(exitCode == ExitCode.DEFECT, ending.isDefect());
    assertFalse(
        exitCode == ExitCode.FINDINGS || exitCode == ExitCode.NO_VERDICT, "it means a verdict");
  }
}
