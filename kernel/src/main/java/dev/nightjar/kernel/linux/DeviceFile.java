package dev.nightjar.kernel.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntUnaryOperator;

/**
 * An open character device: {@code ioctl} and {@code mmap}. For any number of threads.
 *
 * <p>A call holds the read side of a lock and {@link #close} takes the write side. So a call never
 * reaches another file that was given the same number meanwhile, and a call after the close is an
 * {@link IllegalStateException}.
 */
public final class DeviceFile implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_SHARED = 1;
  private static final long MAP_FAILED = -1;

  private final String path;
  private final int descriptor;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean open = true;

  private DeviceFile(String path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Opens a device for reading and writing.
   *
   * @throws CannotOpen naming the reason; {@link Errno#ENOENT} where there is no Linux either
   */
  public static DeviceFile open(String path) throws CannotOpen {
    if (!CLibrary.isLinux()) {
      throw new CannotOpen(path);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      int descriptor =
          (int)
              Calls.OPEN.invokeExact(state, arena.allocateFrom(path), O_RDWR | CLibrary.O_CLOEXEC);
      if (descriptor < 0) {
        throw new CannotOpen(path, CLibrary.errno(state));
      }
      return new DeviceFile(path, descriptor);
    } catch (CannotOpen e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** The number of an {@code ioctl} whose argument begins with {@code headBytes}: {@code _IOWR}. */
  public static int readWriteCall(int type, int number, int headBytes) {
    return 3 << 30 | headBytes << 16 | type << 8 | number;
  }

  /**
   * Calls the driver.
   *
   * @param argument is handed over by address and may be written to
   * @return at least zero, or the negated errno; a call that a signal interrupted is made again
   * @throws IllegalStateException if the device is closed
   */
  public int call(int number, MemorySegment argument) {
    return whileOpen(self -> {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
        int answer;
        do {
          answer = (int) Calls.IOCTL.invokeExact(state, self, number & 0xffffffffL, argument);
        } while (answer < 0 && CLibrary.errno(state) == Errno.EINTR);
        return answer < 0 ? -CLibrary.errno(state) : answer;
      } catch (Throwable e) {
        throw CLibrary.unexpected(e);
      }
    });
  }

  /**
   * Hands the descriptor to something that passes it to the kernel at once. It cannot be closed
   * meanwhile.
   *
   * @throws IllegalStateException if the device is closed
   */
  public int whileOpen(IntUnaryOperator use) {
    lock.readLock().lock();
    try {
      if (!open) {
        throw new IllegalStateException(path + " is closed");
      }
      return use.applyAsInt(descriptor);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Maps memory of the device, shared and writable, for as long as the arena lives.
   *
   * @param offset as the driver defines it
   * @param arena unmaps it when it is closed; touching the segment is then an exception
   * @throws CannotOpen naming the reason
   * @throws IllegalStateException if the device is closed
   */
  public MemorySegment map(long bytes, long offset, Arena arena) throws CannotOpen {
    long[] address = {0};
    int error =
        whileOpen(self -> {
          try (Arena scratch = Arena.ofConfined()) {
            MemorySegment state = scratch.allocate(CLibrary.CALL_STATE);
            MemorySegment at =
                (MemorySegment)
                    Calls.MMAP.invokeExact(
                        state,
                        MemorySegment.NULL,
                        bytes,
                        PROT_READ_WRITE,
                        MAP_SHARED,
                        self,
                        offset);
            address[0] = at.address();
            return address[0] == MAP_FAILED ? CLibrary.errno(state) : 0;
          } catch (Throwable e) {
            throw CLibrary.unexpected(e);
          }
        });
    if (error != 0) {
      throw new CannotOpen(path + ", memory of " + bytes + " bytes", error);
    }
    return MemorySegment.ofAddress(address[0])
        .reinterpret(bytes, arena, gone -> unmap(gone.address(), bytes));
  }

  private static void unmap(long address, long bytes) {
    try {
      int answer = (int) Calls.MUNMAP.invokeExact(MemorySegment.ofAddress(address), bytes);
      if (answer != 0) {
        throw new IllegalStateException("munmap refused what mmap gave");
      }
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** Whether it can still be called. */
  public boolean isOpen() {
    lock.readLock().lock();
    try {
      return open;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Closes the device once no call is in it any more. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (open) {
        open = false;
        // What the driver keeps for the file ends with it, whatever close() answers.
        int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
      }
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Linked when a device is first opened. */
  private static final class Calls {
    static final MethodHandle OPEN =
        CLibrary.linkVariadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    static final MethodHandle IOCTL =
        CLibrary.linkVariadic(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    static final MethodHandle MMAP =
        CLibrary.link(
            "mmap",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    static final MethodHandle MUNMAP =
        CLibrary.linkPlain("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    static final MethodHandle CLOSE =
        CLibrary.linkPlain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Calls() {}
  }
}
