package dev.nightjar.kernel.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * The calls of the C library that Nightjar uses, each linked when first needed: linking one costs
 * some milliseconds, and most commands need none.
 */
public final class CLibrary {
  static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  static final int O_RDONLY = 0;

  /** Architecture-independent on every Linux that is 64 bits wide, except Alpha, SPARC, MIPS. */
  static final int O_CLOEXEC = 0x80000;

  private CLibrary() {}

  /** Whether this is a 64-bit Linux, whose constants and layouts this package knows. */
  public static boolean isLinux() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return System.getProperty("os.name", "").equals("Linux")
        && (arch.equals("amd64") || arch.equals("aarch64") || arch.equals("riscv64"));
  }

  /** A handle whose first argument is the segment that takes {@code errno}. */
  static MethodHandle link(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
  }

  /** As {@link #link}, for a C function whose arguments from the given one on are variadic. */
  static MethodHandle linkVariadic(String name, FunctionDescriptor type, int firstVariadic) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        type,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  /** A handle of a function that answers its error itself. */
  static MethodHandle linkPlain(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  static boolean has(String name) {
    return LINKER.defaultLookup().find(name).isPresent();
  }

  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /** What a call threw is no part of its contract: a downcall handle throws nothing itself. */
  static AssertionError unexpected(Throwable thrown) {
    return new AssertionError("a native call threw", thrown);
  }

  /** Clock ticks a second in which {@code /proc/stat} counts, 100 wherever it cannot be asked. */
  public static long userTicksPerSecond() {
    long answer = isLinux() ? sysconf(2) : -1;
    return answer > 0 ? answer : 100;
  }

  /** Bytes of a page of memory; absent (-1) where it cannot be asked. */
  public static long pageBytes() {
    return isLinux() ? sysconf(30) : -1;
  }

  private static long sysconf(int name) {
    try {
      MethodHandle handle = linkPlain("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
      return (long) handle.invokeExact(name);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The sentence the C library has for an error number. */
  public static String describe(int errno) {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle handle =
          linkPlain("strerror_r", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG));
      MemorySegment text = arena.allocate(256);
      MemorySegment answer = (MemorySegment) handle.invokeExact(errno, text, 256L);
      // The GNU form answers where the text is; the POSIX form answers 0 and fills the buffer.
      MemorySegment from = answer.address() < 4096 ? text : answer.reinterpret(256);
      return from.getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
