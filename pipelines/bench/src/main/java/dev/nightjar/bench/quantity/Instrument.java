package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.process.ProcessCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures in a run of the command that is made for it alone. */
public interface Instrument {

  /** How people know it. */
  String name();

  /** In how many repetitions of a run it measures. */
  default int repetitions() {
    return Measuring.REPETITIONS;
  }

  /**
   * The command as the instrument runs it.
   *
   * @param folder empty, and its own for this run
   */
  ProcessCommand around(ProcessCommand command, Path folder);

  /**
   * What it found in a run that succeeded.
   *
   * @throws IOException when it left nothing that can be read; the sentence says what
   */
  Findings read(Path folder) throws IOException;

  /**
   * What an instrument found.
   *
   * @param programs the command lines of the processes that it saw, where it tells them
   */
  record Findings(List<Reading> readings, List<String> programs) {
    public Findings {
      readings = List.copyOf(readings);
      programs = List.copyOf(programs);
    }
  }
}
