package dev.nightjar.kernel.process;

import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.PerfCounter;
import dev.nightjar.kernel.linux.PerfCounter.Event;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Counts the instructions of the program that this thread starts next, if that is wanted. */
public final class InstructionCounter implements AutoCloseable {
  private final @Nullable PerfCounter counter;

  private InstructionCounter(@Nullable PerfCounter counter) {
    this.counter = counter;
  }

  /** None where it is not wanted, or there is none: then the reading is absent. */
  static InstructionCounter of(ProcessCommand command) {
    try {
      return new InstructionCounter(
          command.isCounted() ? PerfCounter.open(Event.INSTRUCTIONS) : null);
    } catch (CannotOpen e) {
      return new InstructionCounter(null);
    }
  }

  /** Why instructions cannot be counted; empty where they can. */
  public static Optional<CannotOpen> problem() {
    try (PerfCounter _ = PerfCounter.open(Event.INSTRUCTIONS)) {
      return Optional.empty();
    } catch (CannotOpen e) {
      return Optional.of(e);
    }
  }

  /** Of the ended program and its children. */
  OptionalLong read() {
    return counter == null ? OptionalLong.empty() : counter.read();
  }

  @Override
  public void close() {
    if (counter != null) {
      counter.close();
    }
  }
}
