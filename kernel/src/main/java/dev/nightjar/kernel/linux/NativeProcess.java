package dev.nightjar.kernel.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child process started by {@code posix_spawnp} as the leader of its own session, and waited for
 * by {@code wait4}, which tells what it used. Java's own processes cannot be measured so, as the
 * JVM reaps them itself.
 *
 * <p>The child inherits no descriptor of the JVM but the three it is given, no signal mask and no
 * ignored signal.
 */
public final class NativeProcess {
  public static final int SIGKILL = 9;
  public static final int SIGTERM = 15;

  private static final int SYS_PIDFD_OPEN = 434;
  private static final short POLLIN = 1;
  private static final int EINTR = 4;
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;
  private static final int SETSID = 0x80;
  private static final int WRITE_NEW = 0x1 | 0x40 | 0x200;
  private static final int OWNER_ONLY = 0600;

  /** At least what any C library's attributes, file actions and signal sets take. */
  private static final int ROOMY = 1024;

  private static final int AFFINITY_BYTES = 1024;
  private static final long RUSAGE_BYTES = 144;

  private final int pid;
  private final int pidDescriptor;

  private NativeProcess(int pid, int pidDescriptor) {
    this.pid = pid;
    this.pidDescriptor = pidDescriptor;
  }

  /** Whether the C library and the kernel have all that is needed. */
  public static boolean isSupported() {
    return CLibrary.isLinux() && Calls.SUPPORTED;
  }

  /**
   * Starts a program.
   *
   * @param argv the program, looked up on PATH, and its arguments
   * @param environment all of it, as {@code NAME=value}
   * @param stdout written anew; {@code stderr} may be the same
   * @param cpus those it may run on; absent for all that the JVM may use
   * @return the process
   * @throws CannotStart naming the reason
   */
  public static NativeProcess start(
      List<String> argv,
      List<String> environment,
      Path folder,
      Path stdout,
      Path stderr,
      @Nullable BitSet cpus)
      throws CannotStart {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = fileActions(arena, folder, stdout, stderr);
      MemorySegment attributes = attributes(arena);
      MemorySegment pid = arena.allocate(JAVA_INT);
      MemorySegment program = arena.allocateFrom(argv.getFirst());
      MemorySegment words = strings(arena, argv);
      MemorySegment variables = strings(arena, environment);
      MemorySegment before = cpus == null ? null : pinThisThread(arena, cpus);
      int error;
      try {
        error = (int) Calls.SPAWN.invokeExact(pid, program, actions, attributes, words, variables);
      } finally {
        undo(before, actions, attributes);
      }
      if (error != 0) {
        throw new CannotStart(argv.getFirst(), error);
      }
      return opened(arena, pid.get(JAVA_INT, 0));
    } catch (CannotStart e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /**
   * Takes back what only the start needed.
   *
   * @param before this thread's own CPUs; absent if it was not pinned
   */
  private static void undo(
      @Nullable MemorySegment before, MemorySegment actions, MemorySegment attributes)
      throws Throwable {
    if (before != null) {
      affinity(Calls.SET_AFFINITY, before);
    }
    release(Calls.DESTROY_ACTIONS, actions);
    release(Calls.DESTROY_ATTRIBUTES, attributes);
  }

  private static NativeProcess opened(Arena arena, int pid) throws Throwable {
    MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
    long descriptor =
        (long) Calls.SYSCALL.invokeExact(state, (long) SYS_PIDFD_OPEN, (long) pid, 0L);
    if (descriptor < 0) {
      int errno = CLibrary.errno(state);
      NativeProcess lost = new NativeProcess(pid, -1);
      lost.signalGroup(SIGKILL);
      lost.reap();
      throw new CannotStart("pidfd_open", errno);
    }
    return new NativeProcess(pid, (int) descriptor);
  }

  private static MemorySegment fileActions(Arena arena, Path folder, Path stdout, Path stderr)
      throws Throwable {
    MemorySegment actions = arena.allocate(ROOMY, 16);
    check("file actions", (int) Calls.INIT_ACTIONS.invokeExact(actions));
    open(arena, actions, 0, Path.of("/dev/null"), CLibrary.O_RDONLY);
    open(arena, actions, 1, stdout, WRITE_NEW);
    if (stderr.equals(stdout)) {
      check("stderr", (int) Calls.ADD_DUP2.invokeExact(actions, 1, 2));
    } else {
      open(arena, actions, 2, stderr, WRITE_NEW);
    }
    MemorySegment path = arena.allocateFrom(folder.toString());
    check("chdir", (int) Calls.ADD_CHDIR.invokeExact(actions, path));
    check("closefrom", (int) Calls.ADD_CLOSEFROM.invokeExact(actions, 3));
    return actions;
  }

  private static void open(Arena arena, MemorySegment actions, int at, Path file, int flags)
      throws Throwable {
    MemorySegment path = arena.allocateFrom(file.toString());
    check("open", (int) Calls.ADD_OPEN.invokeExact(actions, at, path, flags, OWNER_ONLY));
  }

  private static MemorySegment attributes(Arena arena) throws Throwable {
    MemorySegment attributes = arena.allocate(ROOMY, 16);
    MemorySegment none = arena.allocate(ROOMY, 16);
    MemorySegment all = arena.allocate(ROOMY, 16);
    check("signals", (int) Calls.FILL_SIGNALS.invokeExact(all));
    check("attributes", (int) Calls.INIT_ATTRIBUTES.invokeExact(attributes));
    check("mask", (int) Calls.SET_MASK.invokeExact(attributes, none));
    check("defaults", (int) Calls.SET_DEFAULTS.invokeExact(attributes, all));
    short flags = (short) (SETSID | SETSIGMASK | SETSIGDEF);
    check("flags", (int) Calls.SET_FLAGS.invokeExact(attributes, flags));
    return attributes;
  }

  private static void check(String what, int error) throws CannotStart {
    if (error != 0) {
      throw new CannotStart(what, error);
    }
  }

  private static void release(MethodHandle destroy, MemorySegment what) throws Throwable {
    int ignored = (int) destroy.invokeExact(what);
  }

  /** The spawned child inherits the CPUs of the thread that spawns it. */
  private static @Nullable MemorySegment pinThisThread(Arena arena, BitSet cpus) throws Throwable {
    MemorySegment before = arena.allocate(AFFINITY_BYTES, 8);
    MemorySegment wanted = arena.allocate(AFFINITY_BYTES, 8);
    byte[] mask = cpus.toByteArray();
    MemorySegment.copy(mask, 0, wanted, ValueLayout.JAVA_BYTE, 0, mask.length);
    // sched_getaffinity answers the number of bytes; both answer -1 on failure.
    if (affinity(Calls.GET_AFFINITY, before) < 0 || affinity(Calls.SET_AFFINITY, wanted) < 0) {
      throw new CannotStart("pinning to CPUs " + cpus, 22);
    }
    return before;
  }

  private static int affinity(MethodHandle call, MemorySegment mask) throws Throwable {
    return (int) call.invokeExact(0, (long) AFFINITY_BYTES, mask);
  }

  private static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(MemoryLayout.sequenceLayout(texts.size() + 1L, ADDRESS));
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }

  /** Process id, and the id of its session and process group. */
  public int pid() {
    return pid;
  }

  /**
   * Waits until the process has ended with all its threads. It is not reaped: its files in {@code
   * /proc} can still be read, and its group cannot be mistaken for another one.
   *
   * @return whether it has ended within the time
   */
  public boolean awaitEnd(int millis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      MemorySegment poll = arena.allocate(8, 4);
      poll.set(JAVA_INT, 0, pidDescriptor);
      poll.set(JAVA_SHORT, 4, POLLIN);
      int ready = (int) Calls.POLL.invokeExact(state, poll, 1L, millis);
      if (ready < 0 && CLibrary.errno(state) != EINTR) {
        throw new IllegalStateException("poll: " + CLibrary.describe(CLibrary.errno(state)));
      }
      return ready > 0;
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** Sends a signal to every process of the group. Nobody being left is no failure. */
  public void signalGroup(int signal) {
    try {
      int ignored = (int) Calls.KILL.invokeExact(-pid, signal);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /** Takes the status and use of the ended process; blocks if it has not ended. Call once. */
  public Usage reap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      MemorySegment use = arena.allocate(RUSAGE_BYTES, 8);
      int answer;
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      do {
        answer = (int) Calls.WAIT4.invokeExact(state, pid, status, 0, use);
      } while (answer < 0 && CLibrary.errno(state) == EINTR);
      if (pidDescriptor >= 0) {
        int ignored = (int) Calls.CLOSE.invokeExact(pidDescriptor);
      }
      if (answer < 0) {
        throw new IllegalStateException("wait4: " + CLibrary.describe(CLibrary.errno(state)));
      }
      return new Usage(
          status.get(JAVA_INT, 0),
          micros(use, 0) * 1000,
          micros(use, 2) * 1000,
          use.getAtIndex(JAVA_LONG, 4) * 1024,
          use.getAtIndex(JAVA_LONG, 8),
          use.getAtIndex(JAVA_LONG, 9),
          use.getAtIndex(JAVA_LONG, 16),
          use.getAtIndex(JAVA_LONG, 17));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static long micros(MemorySegment use, int at) {
    return use.getAtIndex(JAVA_LONG, at) * 1_000_000 + use.getAtIndex(JAVA_LONG, at + 1);
  }

  /**
   * How a process ended and what it and the descendants it waited for used.
   *
   * @param status as {@code wait} gives it
   * @param maxRssBytes of the largest of them; at least what the JVM had when it started the
   *     process, since Linux counts the memory shared until {@code execve} as the child's
   */
  public record Usage(
      int status,
      long userCpuNanos,
      long systemCpuNanos,
      long maxRssBytes,
      long minorFaults,
      long majorFaults,
      long voluntarySwitches,
      long involuntarySwitches) {

    /** The signal that ended it, or 0 if it exited. */
    public int signal() {
      return status & 0x7f;
    }

    /** Its exit code; meaningful if no signal ended it. */
    public int exitCode() {
      return (status >> 8) & 0xff;
    }
  }

  /** A program that could not be started, and why. */
  public static final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    CannotStart(String what, int errno) {
      super(what + ": " + CLibrary.describe(errno), null, false, false);
    }
  }

  /** Linked when a process is first started. */
  private static final class Calls {
    private static final List<String> NEEDED =
        List.of(
            "posix_spawn_file_actions_addchdir_np", // glibc 2.29, musl 1.1.24
            "posix_spawn_file_actions_addclosefrom_np"); // glibc 2.34
    static final boolean SUPPORTED = NEEDED.stream().allMatch(CLibrary::has) && hasPidDescriptors();

    static final MethodHandle SPAWN =
        ints("posix_spawnp", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle INIT_ACTIONS = ints("posix_spawn_file_actions_init", ADDRESS);
    static final MethodHandle DESTROY_ACTIONS = ints("posix_spawn_file_actions_destroy", ADDRESS);
    static final MethodHandle ADD_OPEN =
        ints("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle ADD_DUP2 =
        ints("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle ADD_CHDIR = ints(NEEDED.get(0), ADDRESS, ADDRESS);
    static final MethodHandle ADD_CLOSEFROM = ints(NEEDED.get(1), ADDRESS, JAVA_INT);
    static final MethodHandle INIT_ATTRIBUTES = ints("posix_spawnattr_init", ADDRESS);
    static final MethodHandle DESTROY_ATTRIBUTES = ints("posix_spawnattr_destroy", ADDRESS);
    static final MethodHandle SET_FLAGS = ints("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
    static final MethodHandle SET_MASK = ints("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
    static final MethodHandle SET_DEFAULTS =
        ints("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
    static final MethodHandle FILL_SIGNALS = ints("sigfillset", ADDRESS);
    static final MethodHandle GET_AFFINITY =
        ints("sched_getaffinity", JAVA_INT, JAVA_LONG, ADDRESS);
    static final MethodHandle SET_AFFINITY =
        ints("sched_setaffinity", JAVA_INT, JAVA_LONG, ADDRESS);
    static final MethodHandle KILL = ints("kill", JAVA_INT, JAVA_INT);
    static final MethodHandle CLOSE = ints("close", JAVA_INT);
    static final MethodHandle POLL =
        CLibrary.link("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle WAIT4 =
        CLibrary.link(
            "wait4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    static final MethodHandle SYSCALL = syscall();

    private Calls() {}

    private static MethodHandle ints(String name, MemoryLayout... arguments) {
      // Absent functions are never called: isSupported() asks first.
      return CLibrary.has(name)
          ? CLibrary.linkPlain(name, FunctionDescriptor.of(JAVA_INT, arguments))
          : java.lang.invoke.MethodHandles.constant(int.class, 38);
    }

    private static MethodHandle syscall() {
      return CLibrary.linkVariadic(
          "syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), 1);
    }

    /** Linux 5.3. */
    private static boolean hasPidDescriptors() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
        long self = ProcessHandle.current().pid();
        long descriptor = (long) syscall().invokeExact(state, (long) SYS_PIDFD_OPEN, self, 0L);
        if (descriptor < 0) {
          return false;
        }
        int ignored = (int) ints("close", JAVA_INT).invokeExact((int) descriptor);
        return true;
      } catch (Throwable e) {
        throw CLibrary.unexpected(e);
      }
    }
  }
}
