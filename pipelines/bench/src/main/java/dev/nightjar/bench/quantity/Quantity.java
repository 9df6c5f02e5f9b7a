package dev.nightjar.bench.quantity;

import dev.nightjar.model.Direction;
import java.util.Arrays;
import java.util.List;

/** What a command can be measured by, whatever it is written in. */
public enum Quantity {
  /** From its start to its end, by the clock. */
  TIME("time", "s"),
  /** Executed in user mode, by all of its processes. */
  INSTRUCTIONS("instructions", "{instruction}"),
  /** What the instructions would take with caches of a stated model. */
  ESTIMATED_CYCLES("estimated-cycles", "{cycle}"),
  /** The most memory that one of its processes had at a time. */
  PEAK_MEMORY("peak-memory", "By"),
  /** All that it was given by the C library's allocator, whether it gave it back or not. */
  ALLOCATED("allocated", "By"),
  /** How often it asked for that. */
  ALLOCATIONS("allocations", "{allocation}"),
  /** All objects that the Java virtual machines of a command made room for, collected or not. */
  JVM_ALLOCATED("jvm-allocated", "By"),
  /** Of a file or folder that belongs to it. */
  SIZE("size", "By"),
  /** What the machine's processors took meanwhile, whoever used them. */
  ENERGY("energy", "J");

  private final String word;
  private final String unit;

  Quantity(String word, String unit) {
    this.word = word;
    this.unit = unit;
  }

  /** The words of {@code nightjar.yaml}. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Quantity::word).toList();
  }

  /** That of one of the words. */
  public static Quantity of(String word) {
    return Arrays.stream(values())
        .filter(one -> one.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }

  /** How {@code nightjar.yaml} calls it. */
  public String word() {
    return word;
  }

  /** Its metric's name. */
  public String metric() {
    return word.replace('-', '_');
  }

  /** The canonical one, by UCUM. */
  public String unit() {
    return unit;
  }

  /** Of all that a command uses, less is better. */
  public Direction direction() {
    return Direction.LOWER_IS_BETTER;
  }
}
