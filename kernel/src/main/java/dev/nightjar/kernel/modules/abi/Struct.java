package dev.nightjar.kernel.modules.abi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nightjar.kernel.modules.abi.StructType.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/** The memory of one struct, by the names of its fields. */
public record Struct(StructType type, MemorySegment memory) {

  /** A struct of zeros whose {@code size}, if it has one, is said. */
  public static Struct of(StructType type, SegmentAllocator allocator) {
    Struct struct = new Struct(type, allocator.allocate(type.layout()));
    if (type.fields().containsKey("size")) {
      struct.put("size", type.bytes());
    }
    return struct;
  }

  /** One of several that follow one another in memory. */
  public static Struct at(StructType type, MemorySegment array, long index) {
    return new Struct(type, array.asSlice(index * type.bytes(), type.bytes()));
  }

  /** Sets a field; a narrower one takes the low bits. */
  public Struct put(String name, long value) {
    Field field = type.field(name);
    if (field.bytes() == Integer.BYTES) {
      memory.set(JAVA_INT, field.offset(), (int) value);
    } else {
      memory.set(JAVA_LONG, field.offset(), value);
    }
    return this;
  }

  /** A field without a sign. */
  public long get(String name) {
    Field field = type.field(name);
    return field.bytes() == Integer.BYTES
        ? Integer.toUnsignedLong(memory.get(JAVA_INT, field.offset()))
        : memory.get(JAVA_LONG, field.offset());
  }

  /** A field with a sign. */
  public int signed(String name) {
    return (int) get(name);
  }

  /** An array of 64-bit numbers. */
  public long[] array(String name) {
    Field field = type.field(name);
    return memory.asSlice(field.offset(), field.bytes()).toArray(JAVA_LONG);
  }

  /** The part of the memory that a field takes. */
  public MemorySegment part(String name) {
    Field field = type.field(name);
    return memory.asSlice(field.offset(), field.bytes());
  }
}
