package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.model.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Valgrind's DHAT, which sees every call of {@code malloc} and its like. What a runtime with a heap
 * of its own hands out within it, as a JVM does, is no such call.
 */
final class Dhat implements Instrument {
  private static final String NAME = "dhat";
  private static final String LOG = "dhat.";
  private static final Pattern TOTAL =
      Pattern.compile("Total:\\s+([0-9,]{1,26}) bytes in ([0-9,]{1,26}) blocks");
  private static final Pattern COMMAND = Pattern.compile("==[0-9]+== Command: (.*)");

  private final Path valgrind;
  private final Set<Quantity> wanted;

  /** Gives those of its two quantities that are wanted. */
  Dhat(Path valgrind, Set<Quantity> wanted) {
    this.valgrind = valgrind;
    this.wanted = wanted;
  }

  @Override
  public String name() {
    return "Valgrind";
  }

  @Override
  public ProcessCommand around(ProcessCommand command, Path folder) {
    return ValgrindCommand.of(
        valgrind,
        List.of(
            "--tool=dhat", "--dhat-out-file=/dev/null", "--log-file=" + folder.resolve(LOG) + "%p"),
        command);
  }

  @Override
  public Findings read(Path folder) throws IOException {
    Allocations all = new Allocations();
    InstrumentFiles.read(folder, LOG, (_, lines) -> all.read(lines));
    if (all.processes == 0) {
      throw new IOException("Valgrind left no total of allocations");
    }
    return new Findings(
        List.of(reading(Quantity.ALLOCATED, all.bytes), reading(Quantity.ALLOCATIONS, all.blocks))
            .stream()
            .filter(reading -> wanted.contains(reading.quantity()))
            .toList(),
        List.copyOf(all.programs));
  }

  private static Reading reading(Quantity quantity, long total) {
    return Reading.of(quantity, Map.of(Series.COUNTER, NAME), (double) total);
  }

  /** The sums of all processes. */
  private static final class Allocations {
    private final List<String> programs = new ArrayList<>();
    private int processes;
    private long bytes;
    private long blocks;

    void read(Iterable<String> lines) {
      for (String line : lines) {
        Matcher command = COMMAND.matcher(line);
        Matcher total = TOTAL.matcher(line);
        if (command.matches()) {
          programs.add(command.group(1));
        } else if (total.find()) {
          processes++;
          bytes += number(total.group(1));
          blocks += number(total.group(2));
        }
      }
    }

    private static long number(String text) {
      return Long.parseLong(text.replace(",", ""));
    }
  }
}
