package dev.nightjar.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark ran on, by its place in the host: a unit that is replaced by one of the same
 * model goes on with the series of its place.
 *
 * <p>Its {@linkplain #label label} stands wherever a device is written: in the database, in run
 * files, in what people read.
 */
public final class Device {
  /** The host's processors, all that a benchmark was given of them. */
  public static final Device CPU = new Device(Kind.CPU, -1, "");

  private static final Pattern PLACED = Pattern.compile("([a-z]+):([0-9]{1,4}) (.+)");

  private final Kind kind;
  private final int slot;
  private final String model;

  private Device(Kind kind, int slot, String model) {
    this.kind = kind;
    this.slot = slot;
    this.model = model;
  }

  /** How a device is driven. */
  public enum Kind {
    CPU,
    CUDA,
    OPENCL,
    /** The reference accelerator, by way of {@code ai_gpu}. */
    EDU,
    /** As a result file or an earlier version calls it, whatever drives it. */
    OTHER;

    /** As it begins a label. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A device in its place.
   *
   * @param slot its number among the host's devices of this kind, from 0, in the driver's order
   * @param model as its maker calls it
   * @throws IllegalArgumentException for the processors, which are {@link #CPU}, for a device that
   *     only has a name, or for no model
   */
  public static Device at(Kind kind, int slot, String model) {
    if (kind == Kind.CPU || kind == Kind.OTHER || slot < 0 || slot > 9999 || model.isBlank()) {
      throw new IllegalArgumentException(kind + " " + slot + " '" + model + "'");
    }
    return new Device(kind, slot, model.strip());
  }

  /**
   * The device of a {@link #label}; any text that is none names an {@linkplain Kind#OTHER other}.
   */
  public static Device of(String label) {
    if (label.equals(Kind.CPU.word())) {
      return CPU;
    }
    Matcher placed = PLACED.matcher(label);
    return placed.matches()
        ? Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.CPU && kind != Kind.OTHER)
            .filter(kind -> kind.word().equals(placed.group(1)))
            .map(kind -> new Device(kind, Integer.parseInt(placed.group(2)), placed.group(3)))
            .filter(device -> device.label().equals(label))
            .findFirst()
            .orElseGet(() -> new Device(Kind.OTHER, -1, label))
        : new Device(Kind.OTHER, -1, label);
  }

  public Kind kind() {
    return kind;
  }

  /** Its number among the host's devices of its kind, from 0; empty where it has none. */
  public OptionalInt slot() {
    return slot < 0 ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  /** As its maker, or a result file, calls it; empty for the processors. */
  public String model() {
    return model;
  }

  /** {@code cpu}, {@code cuda:0 NVIDIA H200}, or the name alone; {@link #of} reads it again. */
  public String label() {
    return switch (kind) {
      case CPU -> kind.word();
      case OTHER -> model;
      default -> kind.word() + ":" + slot + " " + model;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Device that
            && kind == that.kind
            && slot == that.slot
            && model.equals(that.model));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.hashCode() + slot) + model.hashCode();
  }

  @Override
  public String toString() {
    return label();
  }
}
