package dev.nightjar.kernel.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;

/**
 * A counter of {@code perf_event_open} for the program that the calling thread starts next, with
 * all its threads and children, in user mode.
 *
 * <p>It is opened on the calling thread, disabled, inherited by what this clones, and enabled by
 * {@code execve}. So this JVM counts nothing, as it executes nothing anew; the child has its own
 * copy from the moment of its clone, which begins to count with the program's first instruction;
 * and what each copy counted is added here when its task ends. Opening it on the child's number
 * instead would need a child that waits for it between clone and {@code execve}, which {@code
 * posix_spawn} does not offer.
 *
 * <p>Where the kernel had to take turns between more counters than the processor has, it would have
 * to be scaled up by the time it ran: such a reading is absent, and so is one of a processor whose
 * cores count by different means.
 */
public final class PerfCounter implements AutoCloseable {
  private static final long CALLING_THREAD = 0;
  private static final long ANY_CPU = -1;
  private static final long NO_GROUP = -1;
  private static final long CLOSE_ON_EXEC = 8;

  /** PERF_ATTR_SIZE_VER0, which every kernel takes. */
  private static final int ATTRIBUTE_BYTES = 64;

  private static final int TYPE_AT = 0;
  private static final int SIZE_AT = 4;
  private static final int CONFIG_AT = 8;
  private static final int READ_FORMAT_AT = 32;
  private static final int FLAGS_AT = 40;

  /** PERF_FORMAT_TOTAL_TIME_ENABLED and PERF_FORMAT_TOTAL_TIME_RUNNING. */
  private static final long WITH_TIMES = 1 | 2;

  private static final long DISABLED = 1;
  private static final long INHERIT = 1 << 1;
  private static final long EXCLUDE_KERNEL = 1 << 5;
  private static final long EXCLUDE_HYPERVISOR = 1 << 6;
  private static final long ENABLE_ON_EXEC = 1 << 12;

  private static final int READING_BYTES = 24;

  private final int descriptor;

  private PerfCounter(int descriptor) {
    this.descriptor = descriptor;
  }

  /** What is counted, as include/uapi/linux/perf_event.h numbers it. */
  public enum Event {
    /** Instructions that were retired, by the processor's own counter. */
    INSTRUCTIONS(0, 1),
    /** Nanoseconds of CPU time, by the kernel's clock; it needs no processor that counts. */
    TASK_CLOCK(1, 1);

    private final int type;
    private final long config;

    Event(int type, long config) {
      this.type = type;
      this.config = config;
    }
  }

  /**
   * Opens a counter for what this thread starts next.
   *
   * @throws CannotOpen naming the reason: no such counter, or not for this user
   */
  public static PerfCounter open(Event event) throws CannotOpen {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      long descriptor =
          (long)
              Calls.SYSCALL.invokeExact(
                  state,
                  number(),
                  attributes(arena, event),
                  CALLING_THREAD,
                  ANY_CPU,
                  NO_GROUP,
                  CLOSE_ON_EXEC);
      if (descriptor < 0) {
        throw new CannotOpen("perf_event_open", CLibrary.errno(state));
      }
      return new PerfCounter((int) descriptor);
    } catch (CannotOpen e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** That of the system call: 64-bit ARM and RISC-V share the generic table. */
  private static long number() {
    return System.getProperty("os.arch", "").equals("amd64") ? 298 : 241;
  }

  private static MemorySegment attributes(Arena arena, Event event) {
    MemorySegment attributes = arena.allocate(ATTRIBUTE_BYTES, 8);
    attributes.set(JAVA_INT, TYPE_AT, event.type);
    attributes.set(JAVA_INT, SIZE_AT, ATTRIBUTE_BYTES);
    attributes.set(JAVA_LONG, CONFIG_AT, event.config);
    attributes.set(JAVA_LONG, READ_FORMAT_AT, WITH_TIMES);
    attributes.set(
        JAVA_LONG,
        FLAGS_AT,
        DISABLED | INHERIT | EXCLUDE_KERNEL | EXCLUDE_HYPERVISOR | ENABLE_ON_EXEC);
    return attributes;
  }

  /** What was counted; absent when it did not count all of the time, or not at all. */
  public OptionalLong read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reading = arena.allocate(READING_BYTES, 8);
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      long bytes = (long) Calls.READ.invokeExact(state, descriptor, reading, (long) READING_BYTES);
      return bytes == READING_BYTES
          ? reading(
              reading.getAtIndex(JAVA_LONG, 0),
              reading.getAtIndex(JAVA_LONG, 1),
              reading.getAtIndex(JAVA_LONG, 2))
          : OptionalLong.empty();
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  static OptionalLong reading(long count, long enabledNanos, long runningNanos) {
    return runningNanos > 0 && enabledNanos == runningNanos && count > 0
        ? OptionalLong.of(count)
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    try {
      int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** Linked when first needed. */
  private static final class Calls {
    static final MethodHandle SYSCALL =
        CLibrary.linkVariadic(
            "syscall",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            1);
    static final MethodHandle READ =
        CLibrary.link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    static final MethodHandle CLOSE =
        CLibrary.linkPlain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Calls() {}
  }
}
