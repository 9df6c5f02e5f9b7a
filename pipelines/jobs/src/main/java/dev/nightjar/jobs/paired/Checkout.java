package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.ShellStatus;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import dev.nightjar.settings.ShellLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes a fresh work tree ready to be measured. */
public final class Checkout {
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final int TAIL_CHARACTERS = 1000;
  private static final int TAIL_BYTES = 4 * TAIL_CHARACTERS;

  private Checkout() {}

  /**
   * Runs the set-up command.
   *
   * @param setup empty for none
   * @return why it failed, with the last of its output; empty when it did not
   */
  public static Optional<String> setUp(Path tree, Optional<ShellLine> setup)
      throws InterruptedException {
    if (setup.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path output = Files.createTempFile("nightjar-setup", ".txt");
      try {
        ProcessOutcome outcome =
            HostPlatform.current()
                .run(
                    ProcessCommand.of(
                        BenchmarkDefinition.shell(setup.get().text()), tree, output, output, LIMIT),
                    _ -> {});
        return outcome.isSuccess()
            ? Optional.empty()
            : Optional.of(
                "the set-up '%s' ended with %d%s: %s"
                    .formatted(
                        setup.get(),
                        outcome.status(),
                        hint(outcome.status()),
                        setup.get().redaction().applyTo(tail(output))));
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

  private static String hint(int status) {
    return ShellStatus.meaning(status, "install what the build needs")
        .map(words -> ", " + words)
        .orElse("");
  }

  /**
   * Ends what the set-up or the benchmarks have left running in a work tree, which is removed next:
   * a build's daemon would go on in it.
   */
  public static void endWhatRunsIn(Path tree) {
    try {
      HostPlatform.current().endProgramsIn(tree.toRealPath());
    } catch (IOException e) {
      // The tree is gone already: nothing runs in it.
    }
  }

  /** What it said last, of however much it said. */
  private static String tail(Path output) throws IOException {
    long skipped = Math.max(0, Files.size(output) - TAIL_BYTES);
    try (InputStream in = InputFile.of(output, Long.MAX_VALUE).stream()) {
      in.skipNBytes(skipped);
      String text = new String(in.readNBytes(TAIL_BYTES), StandardCharsets.UTF_8).strip();
      return text.length() <= TAIL_CHARACTERS
          ? text
          : "…" + text.substring(text.length() - TAIL_CHARACTERS);
    }
  }
}
