package dev.nightjar.bench.quantity;

import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.model.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Valgrind's Cachegrind, which executes programs on a processor of its own making and counts every
 * instruction: nothing else that the machine does touches the count, and a run takes six to
 * forty-five times as long.
 *
 * <p>Each process that a program starts writes a file of its own. One that forks and executes no
 * other program takes over the count of its parent up to there, as it takes over all its memory:
 * such a command's count is too high, and as high each time.
 */
final class Cachegrind implements Instrument {
  private static final String NAME = "cachegrind";
  private static final String OUTPUT = "cachegrind.out.";

  /** One that many processors have about: of this host's own a count would tell another host. */
  private static final List<String> CACHES =
      List.of("--cache-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64");

  private static final String CACHE_MODEL = "32K/32K/8M";

  private static final List<String> FIRST_LEVEL_MISSES = List.of("I1mr", "D1mr", "D1mw");
  private static final List<String> LAST_LEVEL_MISSES = List.of("ILmr", "DLmr", "DLmw");

  /** The weights that Valgrind's own viewer gives a miss of the first and of the last cache. */
  private static final int FIRST_LEVEL_CYCLES = 10;

  private static final int LAST_LEVEL_CYCLES = 100;

  private final Path valgrind;
  private final boolean withInstructions;
  private final boolean withCaches;

  /** Gives those of its two quantities that are wanted. */
  Cachegrind(Path valgrind, Set<Quantity> wanted) {
    this.valgrind = valgrind;
    withInstructions = wanted.contains(Quantity.INSTRUCTIONS);
    withCaches = wanted.contains(Quantity.ESTIMATED_CYCLES);
  }

  @Override
  public String name() {
    return "Valgrind";
  }

  @Override
  public ProcessCommand around(ProcessCommand command, Path folder) {
    List<String> options = new ArrayList<>();
    options.add("--tool=cachegrind");
    options.add("--cachegrind-out-file=" + folder.resolve(OUTPUT) + "%p");
    options.add("--log-file=" + folder.resolve("log.") + "%p");
    options.addAll(withCaches ? CACHES : List.of("--cache-sim=no"));
    return ValgrindCommand.of(valgrind, options, command);
  }

  @Override
  public Findings read(Path folder) throws IOException {
    Map<String, Long> totals = new HashMap<>();
    List<String> programs = new ArrayList<>();
    InstrumentFiles.read(
        folder,
        OUTPUT,
        (_, lines) -> {
          Output output = Output.read(lines);
          output.totals().forEach((event, count) -> totals.merge(event, count, Long::sum));
          programs.add(output.program());
        });
    long instructions = of(List.of("Ir"), totals);
    List<Reading> readings = new ArrayList<>();
    if (withInstructions) {
      readings.add(Reading.of(Quantity.INSTRUCTIONS, counter(), (double) instructions));
    }
    if (withCaches) {
      long cycles =
          instructions
              + FIRST_LEVEL_CYCLES * of(FIRST_LEVEL_MISSES, totals)
              + LAST_LEVEL_CYCLES * of(LAST_LEVEL_MISSES, totals);
      Map<String, String> parameters = new HashMap<>(counter());
      parameters.put("caches", CACHE_MODEL);
      readings.add(Reading.of(Quantity.ESTIMATED_CYCLES, parameters, (double) cycles));
    }
    return new Findings(readings, programs);
  }

  private static Map<String, String> counter() {
    return Map.of(Series.COUNTER, NAME);
  }

  private static long of(List<String> events, Map<String, Long> totals) throws IOException {
    long sum = 0;
    for (String event : events) {
      Long count = totals.get(event);
      if (count == null) {
        throw new IOException("Valgrind left no count of " + event);
      }
      sum += count;
    }
    return sum;
  }

  /** What a process left: the command it was, and the sums of all events. */
  private record Output(String program, Map<String, Long> totals) {
    static Output read(Iterable<String> lines) throws IOException {
      String program = "";
      @Nullable String events = null;
      @Nullable String summary = null;
      for (String line : lines) {
        if (line.startsWith("cmd: ")) {
          program = line.substring("cmd: ".length());
        } else if (line.startsWith("events: ")) {
          events = line.substring("events: ".length());
        } else if (line.startsWith("summary: ")) {
          summary = line.substring("summary: ".length());
        }
      }
      if (events == null || summary == null) {
        throw new IOException("Valgrind's file of '" + program + "' ends before its sums");
      }
      return new Output(program, totals(events.split(" "), summary.split(" ")));
    }

    private static Map<String, Long> totals(String[] events, String[] sums) throws IOException {
      Map<String, Long> totals = new HashMap<>();
      try {
        for (int i = 0; i < events.length; i++) {
          totals.put(events[i], Long.parseLong(sums[i]));
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException("Valgrind's sums are no numbers: " + Arrays.toString(sums), e);
      }
      return totals;
    }
  }
}
