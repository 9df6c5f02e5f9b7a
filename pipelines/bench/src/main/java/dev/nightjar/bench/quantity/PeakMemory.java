package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.process.ProcessCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program {@code time}, GNU's or BusyBox's: what it waits for was started by a process of a
 * megabyte. Of a program that a JVM starts itself Linux knows no peak below the JVM's own.
 */
final class PeakMemory implements Instrument {
  private static final String OUTPUT = "peak";

  private final Path time;

  PeakMemory(Path time) {
    this.time = time;
  }

  @Override
  public String name() {
    return time.toString();
  }

  /** A peak moves by a few pages, and by more with threads. */
  @Override
  public int repetitions() {
    return 10;
  }

  @Override
  public ProcessCommand around(ProcessCommand command, Path folder) {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of(time.toString(), "-f", "%M", "-o", folder.resolve(OUTPUT).toString()));
    argv.addAll(command.argv());
    return command.as(argv, command.timeout());
  }

  @Override
  public Findings read(Path folder) throws IOException {
    List<String> all = new ArrayList<>();
    InstrumentFiles.read(folder, OUTPUT, (_, lines) -> lines.forEach(all::add));
    String text = String.join(" ", all).strip();
    if (!text.matches("[0-9]{1,15}") || Long.parseLong(text) == 0) {
      throw new IOException(time + " tells no peak of memory: '" + text + "'");
    }
    double bytes = Long.parseLong(text) * 1024.0;
    return new Findings(List.of(Reading.of(Quantity.PEAK_MEMORY, Map.of(), bytes)), List.of());
  }
}
