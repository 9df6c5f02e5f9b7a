package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.kernel.MarkedProcesses;
import dev.nightjar.kernel.MeasuredProcess;
import dev.nightjar.kernel.ProcessCommand;
import dev.nightjar.kernel.ProcessOutcome;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes a fresh work tree ready to be measured. */
public final class Checkout {
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final int TAIL_CHARACTERS = 1000;

  private Checkout() {}

  /**
   * Runs the set-up command.
   *
   * @param setup a shell line; empty for none
   * @return why it failed, with the last of its output; empty when it did not
   */
  public static Optional<String> setUp(Path tree, Optional<String> setup)
      throws InterruptedException {
    if (setup.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path output = Files.createTempFile("nightjar-setup", ".txt");
      try {
        ProcessOutcome outcome =
            MeasuredProcess.run(
                ProcessCommand.of(
                    BenchmarkDefinition.shell(setup.get()), tree, output, output, LIMIT));
        return outcome.isSuccess()
            ? Optional.empty()
            : Optional.of(
                "the set-up '%s' ended with %d: %s"
                    .formatted(setup.get(), outcome.status(), tail(output)));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The output of the set-up cannot be kept in "
              + System.getProperty("java.io.tmpdir")
              + ": free some space there.",
          e);
    }
  }

  /**
   * Ends what the set-up or the benchmarks have left running in a work tree, which is removed next:
   * a build's daemon would go on in it.
   */
  public static void endWhatRunsIn(Path tree) {
    try {
      MarkedProcesses.endIn(tree.toRealPath());
    } catch (IOException e) {
      // The tree is gone already: nothing runs in it.
    }
  }

  private static String tail(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    return text.length() <= TAIL_CHARACTERS
        ? text
        : "…" + text.substring(text.length() - TAIL_CHARACTERS);
  }
}
