package dev.nightjar.bench.profile;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quantity.ProgramPath;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.ProfiledBy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds which functions differ in cost between two versions of a benchmark's program.
 *
 * <p>A first run tells how long the program takes and whether it is a Java virtual machine, which
 * then has recorded itself. A native program is counted by callgrind where that fits into the
 * budget, else sampled by perf.
 */
public final class FunctionProfiler {
  private final ProfiledCommand command;
  private final Path base;
  private final Path head;
  private final long deadlineNanos;
  private final List<String> notes = new ArrayList<>();

  private FunctionProfiler(BenchmarkDefinition definition, Path base, Path head, Duration budget) {
    command = new ProfiledCommand(definition);
    this.base = base;
    this.head = head;
    deadlineNanos = System.nanoTime() + budget.toNanos();
  }

  /**
   * Profiles both versions.
   *
   * @param base a folder with the earlier one, built
   * @param head a folder with the later one, built
   * @param budget of time in all; what runs then is ended
   */
  public static Outcome profile(
      BenchmarkDefinition definition, Path base, Path head, Duration budget)
      throws InterruptedException {
    FunctionProfiler profiler = new FunctionProfiler(definition, base, head, budget);
    try {
      return new Outcome(Optional.of(profiler.profile()), List.copyOf(profiler.notes));
    } catch (ProfileFailed e) {
      profiler.notes.add(e.reason());
      return new Outcome(Optional.empty(), List.copyOf(profiler.notes));
    }
  }

  /**
   * What came of it.
   *
   * @param profile absent where there is none
   * @param notes why there is none, or not the better one, in clauses
   */
  public record Outcome(Optional<DifferentialProfile> profile, List<String> notes) {}

  private DifferentialProfile profile() throws ProfileFailed, InterruptedException {
    FlightRecorder recorder = new FlightRecorder(command);
    FlightRecorder.Recording first = recorder.record(base, left());
    return first.tree().isPresent()
        ? sampled(recorder, ProfiledBy.JFR)
        : ofNativeProgram(first.took());
  }

  private DifferentialProfile sampled(Sampler sampler, ProfiledBy by)
      throws ProfileFailed, InterruptedException {
    SampledTurns turns = new SampledTurns(sampler, deadlineNanos);
    turns.run(base, head);
    return new Difference(turns.base(), turns.head(), by).of(command.name(), notes);
  }

  private DifferentialProfile ofNativeProgram(Duration alone)
      throws ProfileFailed, InterruptedException {
    Optional<Path> valgrind = ProgramPath.find("valgrind");
    if (valgrind.isEmpty()) {
      notes.add("there is no valgrind here to count its instructions with");
    } else if (isTooLong(alone)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "a run takes %.1f s, and about %d times as long under callgrind, beyond the %d s left"
                  + " for profiling",
              alone.toMillis() / 1000.0,
              Callgrind.SLOWDOWN,
              left().toSeconds()));
    } else {
      try {
        return counted(new Callgrind(valgrind.get(), command));
      } catch (ProfileFailed e) {
        notes.add("callgrind: " + e.reason());
      }
    }
    Optional<Path> perf = ProgramPath.find("perf");
    if (perf.isEmpty()) {
      throw new ProfileFailed("there is no perf here to sample it with");
    }
    return sampled(new PerfSampler(perf.get(), command), ProfiledBy.PERF);
  }

  private boolean isTooLong(Duration alone) throws ProfileFailed {
    Duration both = alone.multipliedBy(Callgrind.SLOWDOWN).plus(Callgrind.START).multipliedBy(2);
    return both.compareTo(left()) > 0;
  }

  private DifferentialProfile counted(Callgrind callgrind)
      throws ProfileFailed, InterruptedException {
    CallTree before = callgrind.count(base, left());
    CallTree after = callgrind.count(head, left());
    return new Difference(List.of(before), List.of(after), ProfiledBy.CALLGRIND)
        .of(command.name(), notes);
  }

  private Duration left() throws ProfileFailed {
    Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
    if (!left.isPositive()) {
      throw new ProfileFailed("the time for profiling is used up");
    }
    return left;
  }
}
