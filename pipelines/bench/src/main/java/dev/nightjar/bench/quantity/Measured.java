package dev.nightjar.bench.quantity;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;

/**
 * One entry of {@code measure}.
 *
 * @param argument the path whose size is told; empty of all others
 */
public record Measured(Quantity quantity, String argument) {
  /** What is measured where nothing is said. */
  public static final Measured TIME = new Measured(Quantity.TIME);

  /** The name of the parameter that holds the argument. */
  static final String PATH = "path";

  public Measured {
    boolean hasArgument = !argument.isBlank();
    if (hasArgument != (quantity == Quantity.SIZE)) {
      throw new Failure.Misuse(
          hasArgument
              ? "'measure' takes '%s' without anything behind it.".formatted(quantity.word())
              : "'measure' wants to know whose size: write 'size: PATH', relative to the repository.");
    }
  }

  /** One that needs no argument. */
  public Measured(Quantity quantity) {
    this(quantity, "");
  }

  /** Whether each repetition gives it anew, with the noise of the machine or of memory. */
  public boolean isNoisy() {
    return switch (quantity) {
      case TIME, ENERGY, PEAK_MEMORY -> true;
      case INSTRUCTIONS, ESTIMATED_CYCLES, ALLOCATED, ALLOCATIONS, JVM_ALLOCATED, SIZE -> false;
    };
  }

  /** Whether a series of the benchmark is of this. */
  public boolean gives(Series series) {
    return series.benchmark().metric().equals(quantity.metric())
        && series.parameters().getOrDefault(PATH, "").equals(argument);
  }

  /** As {@code nightjar.yaml} has it. */
  @Override
  public String toString() {
    return argument.isEmpty() ? quantity.word() : quantity.word() + ": " + argument;
  }
}
