package dev.nightjar.kernel.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.IntUnaryOperator;

/** How the kernel names threads and processes. */
public final class Threads {
  private static final long SYS_PIDFD_OPEN = 434;

  private Threads() {}

  /** The kernel's number of the calling thread; for a virtual thread, of its carrier. */
  public static int currentId() {
    try {
      return (int) Calls.GETTID.invokeExact();
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /**
   * Calls with a descriptor of a process, which cannot come to mean another process, and closes it.
   *
   * @return what the call answered, or the negated errno of {@code pidfd_open}
   */
  public static int withPidDescriptor(long pid, IntUnaryOperator use) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      long descriptor = (long) Calls.SYSCALL.invokeExact(state, SYS_PIDFD_OPEN, pid, 0L);
      if (descriptor < 0) {
        return -CLibrary.errno(state);
      }
      try {
        return use.applyAsInt((int) descriptor);
      } finally {
        int ignored = (int) Calls.CLOSE.invokeExact((int) descriptor);
      }
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** Linked when first needed. */
  private static final class Calls {
    static final MethodHandle GETTID =
        CLibrary.linkPlain("gettid", FunctionDescriptor.of(JAVA_INT));
    static final MethodHandle CLOSE =
        CLibrary.linkPlain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle SYSCALL =
        CLibrary.linkVariadic(
            "syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), 1);

    private Calls() {}
  }
}
