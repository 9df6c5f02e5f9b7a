package dev.nightjar.kernel.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * A kernel file that is held open and read whole, again and again, from its start by {@code pread}.
 * The bytes land in a reused array: a read allocates nothing once the array is large enough. For
 * one thread.
 *
 * <p>A seq_file with several records gives at most a page at a time, so reading goes on until
 * nothing comes; a file that the kernel makes as one record is complete after the first read, and
 * its second read is saved.
 */
public final class HeldFile implements AutoCloseable {
  /** More than any file read here has on 8,192 CPUs; a larger one is cut off. */
  private static final int LARGEST = 4 << 20;

  private static final MethodHandle OPEN =
      CLibrary.linkVariadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle PREAD =
      CLibrary.link(
          "pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CLOSE =
      CLibrary.linkPlain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int descriptor;
  private final boolean oneRecord;

  /**
   * Collected with this object: closing a shared arena stops every thread, and files come often.
   */
  private final Arena arena = Arena.ofAuto();

  private final MemorySegment callState = arena.allocate(CLibrary.CALL_STATE);
  private MemorySegment buffer;
  private byte[] bytes;
  private boolean open = true;

  private HeldFile(int descriptor, boolean oneRecord, int firstSize) {
    this.descriptor = descriptor;
    this.oneRecord = oneRecord;
    this.buffer = arena.allocate(firstSize);
    this.bytes = new byte[firstSize];
  }

  /**
   * Opens a file for reading.
   *
   * @param oneRecord whether the kernel makes the whole file in one go ({@code single_open}, sysfs,
   *     cgroup files)
   * @return the file
   * @throws CannotOpen naming the reason
   */
  public static HeldFile open(String path, boolean oneRecord) throws CannotOpen {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      int descriptor =
          (int)
              OPEN.invokeExact(
                  state, arena.allocateFrom(path), CLibrary.O_RDONLY | CLibrary.O_CLOEXEC);
      if (descriptor < 0) {
        throw new CannotOpen(path, CLibrary.errno(state));
      }
      return new HeldFile(descriptor, oneRecord, 4096);
    } catch (CannotOpen e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /**
   * Reads the file from its start to its end.
   *
   * @return the number of bytes now in {@link #bytes()}, or the negated errno
   */
  public int read() {
    int length = 0;
    while (true) {
      if (length == bytes.length && !grow(length)) {
        return length;
      }
      long got = pread(length);
      if (got < 0) {
        return (int) got;
      }
      MemorySegment.copy(buffer, JAVA_BYTE, length, bytes, length, (int) got);
      length += (int) got;
      if (got == 0 || (oneRecord && length < bytes.length)) {
        return length;
      }
    }
  }

  /** The bytes of the last read; the array changes with the next one. */
  public byte[] bytes() {
    return bytes;
  }

  private long pread(int offset) {
    try {
      long got =
          (long)
              PREAD.invokeExact(
                  callState,
                  descriptor,
                  buffer.asSlice(offset),
                  (long) bytes.length - offset,
                  (long) offset);
      return got < 0 ? -CLibrary.errno(callState) : got;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private boolean grow(int filled) {
    if (bytes.length >= LARGEST) {
      return false;
    }
    MemorySegment larger = arena.allocate(bytes.length * 2L);
    MemorySegment.copy(buffer, 0, larger, 0, filled);
    buffer = larger;
    bytes = Arrays.copyOf(bytes, bytes.length * 2);
    return true;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      // An error of close() on a file that was only read has nothing to tell.
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
