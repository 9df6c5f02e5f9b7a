package dev.nightjar.kernel.modules.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A struct of the modules' headers, under the header's own names, so that a test can ask a C
 * compiler about each of them.
 */
public final class StructType {
  /** Of {@code size} and {@code flags}, with which every argument struct begins. */
  public static final long HEAD_BYTES = 8;

  private final StructLayout layout;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  private StructType(StructLayout layout) {
    this.layout = layout;
    for (MemoryLayout member : layout.memberLayouts()) {
      String name = member.name().orElseThrow();
      long offset = layout.byteOffset(PathElement.groupElement(name));
      fields.put(name, new Field(offset, member.byteSize()));
    }
  }

  /**
   * Describes a struct.
   *
   * @param name as in C
   * @param fields each {@code u32 NAME}, {@code u64 NAME} or {@code u64[N] NAME}, in C's order
   */
  static StructType of(String name, String... fields) {
    List<MemoryLayout> members = new ArrayList<>();
    for (String field : fields) {
      String[] typeAndName = field.split(" ", 2);
      members.add(typed(typeAndName[0]).withName(typeAndName[1]));
    }
    return new StructType(
        MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new)).withName(name));
  }

  private static MemoryLayout typed(String type) {
    return switch (type) {
      case "u32" -> JAVA_INT;
      case "u64" -> JAVA_LONG;
      default -> {
        long count = Long.parseLong(type.substring("u64[".length(), type.length() - 1));
        yield MemoryLayout.sequenceLayout(count, JAVA_LONG);
      }
    };
  }

  public String name() {
    return layout.name().orElseThrow();
  }

  StructLayout layout() {
    return layout;
  }

  public long bytes() {
    return layout.byteSize();
  }

  public Map<String, Field> fields() {
    return fields;
  }

  Field field(String name) {
    Field field = fields.get(name);
    if (field == null) {
      throw new IllegalArgumentException(name() + " has no " + name);
    }
    return field;
  }

  /** Where a field lies in its struct, in bytes. */
  public record Field(long offset, long bytes) {}
}
