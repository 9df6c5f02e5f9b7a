package dev.nightjar.model.profile;

import java.util.List;
import java.util.Optional;

/**
 * Where two versions of a benchmark's program differ in cost.
 *
 * @param benchmark its name in the settings; a tool that gives many series is profiled as a whole
 * @param total what a run costs
 * @param named the function that did it; absent where the profile tells none
 * @param functions those that differ most, the one that explains most of the difference first
 * @param flame all that was called, with little things left out
 * @param notes what a person should know of it, in sentences
 */
public record DifferentialProfile(
    String benchmark,
    ProfiledBy profiler,
    CostChange total,
    Optional<NamedFunction> named,
    List<FunctionDifference> functions,
    FlameFrame flame,
    List<String> notes) {
  public DifferentialProfile {
    functions = List.copyOf(functions);
    notes = List.copyOf(notes);
  }

  /** The same with that function named, in a sentence of its own. */
  public DifferentialProfile naming(Optional<NamedFunction> function, List<String> moreNotes) {
    return new DifferentialProfile(
        benchmark, profiler, total, function, functions, flame, moreNotes);
  }

  /** Whether that series of a run is one of this benchmark. */
  public boolean isOf(String seriesName) {
    return seriesName.equals(benchmark) || seriesName.startsWith(benchmark + "/");
  }
}
