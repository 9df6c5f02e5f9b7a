package dev.nightjar.kernel.modules.gpu;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nightjar.kernel.linux.DeviceFile;
import dev.nightjar.kernel.linux.Errno;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.PciAddress;
import dev.nightjar.kernel.modules.abi.GpuAbi;
import dev.nightjar.kernel.modules.abi.Struct;
import dev.nightjar.kernel.modules.memory.PinnedBlocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that {@code ai_gpu} drives, claimed for this process alone until the close. It does one
 * ticket after another, each with a deadline. For any number of threads.
 *
 * <p>CUDA kernels cannot be launched so: that needs the vendor's driver.
 */
public final class Accelerator implements AutoCloseable {
  private static final KernelModule MODULE = KernelModule.AI_GPU;

  /** How long a close may have to wait for one that waits for a ticket. */
  private static final long WAIT_SLICE_NANOS = 50_000_000;

  private final DeviceFile file;
  private final PciAddress address;

  private Accelerator(DeviceFile file, PciAddress address) {
    this.file = file;
    this.address = address;
  }

  /**
   * The devices that the module drives, as they are now.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   */
  public static List<AcceleratorState> list() throws ModuleFailure {
    try (DeviceFile file = MODULE.open();
        Arena arena = Arena.ofConfined()) {
      MemorySegment devices = arena.allocate(GpuAbi.DEVICE.bytes() * GpuAbi.BATCH_MAX, 8);
      Struct list =
          Struct.of(GpuAbi.LIST, arena)
              .put("devices", devices.address())
              .put("count", GpuAbi.BATCH_MAX)
              .put("device_size", GpuAbi.DEVICE.bytes());
      MODULE.call(file, GpuAbi.CALL_LIST, list, "listing its devices");
      List<AcceleratorState> states = new ArrayList<>();
      for (long i = 0; i < list.get("n_done"); i++) {
        states.add(AcceleratorState.of(Struct.at(GpuAbi.DEVICE, devices, i)));
      }
      return List.copyOf(states);
    }
  }

  /**
   * Claims a device. Its memory holds zeros for the first ticket.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   * @throws ModuleFailure.Busy if anyone has it
   * @throws ModuleFailure.DeviceLost if there is none, or it has failed
   */
  public static Accelerator claim(PciAddress address) throws ModuleFailure {
    DeviceFile file = MODULE.open();
    try (Arena arena = Arena.ofConfined()) {
      Struct claim = Struct.of(GpuAbi.CLAIM, arena).put("device", address.number());
      MODULE.call(file, GpuAbi.CALL_CLAIM, claim, "claiming " + address);
      return new Accelerator(file, address);
    } catch (ModuleFailure e) {
      file.close();
      throw e;
    }
  }

  /** Which device. */
  public PciAddress address() {
    return address;
  }

  /** Gives the device one thing to do. See {@link #submitChain}. */
  public Ticket submit(DeviceWork work, Duration deadline) throws ModuleFailure {
    return submitChain(List.of(work), deadline).getFirst();
  }

  /**
   * Gives the device several things to do in one call, each only if the one before it ended well.
   *
   * @param work 1 to 64
   * @param deadline of each, from now; whatever is not done by then ends
   * @return a ticket for each
   * @throws ModuleFailure naming why it was not taken; what was taken of it is cancelled
   * @throws IllegalStateException if the device, a pool or a block is closed
   */
  public List<Ticket> submitChain(List<DeviceWork> work, Duration deadline) throws ModuleFailure {
    if (work.isEmpty() || work.size() > GpuAbi.BATCH_MAX) {
      throw new IllegalArgumentException(work.size() + " tickets: 1 to 64 can be had in one call");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment requests = arena.allocate(GpuAbi.REQUEST.bytes() * work.size(), 8);
      Struct submit =
          Struct.of(GpuAbi.SUBMIT, arena)
              .put("requests", requests.address())
              .put("count", work.size())
              .put("request_size", GpuAbi.REQUEST.bytes());
      int answer = fillAndSubmit(work, 0, requests, deadline, submit);
      List<Ticket> tickets = new ArrayList<>();
      for (long i = 0; i < submit.get("n_done"); i++) {
        tickets.add(new Ticket(this, Struct.at(GpuAbi.REQUEST, requests, i).get("ticket")));
      }
      if (answer < 0) {
        tickets.forEach(Ticket::abandon);
        throw ModuleFailure.of(MODULE, "taking work for " + address, -answer);
      }
      return List.copyOf(tickets);
    }
  }

  /** Every pool whose blocks are meant is kept open until the call is made. */
  private int fillAndSubmit(
      List<DeviceWork> work, int at, MemorySegment requests, Duration deadline, Struct submit) {
    if (at == work.size()) {
      return file.call(MODULE.callNumber(GpuAbi.CALL_SUBMIT), submit.memory());
    }
    Struct request =
        Struct.at(GpuAbi.REQUEST, requests, at)
            .put("flags", at == 0 ? 0 : GpuAbi.AFTER)
            .put("device", address.number())
            .put("deadline_ns", deadline.toNanos());
    return switch (work.get(at)) {
      case DeviceWork.CopyIn(var from, long offset, long deviceOffset, long bytes) -> {
        putCopy(request, GpuAbi.COPY_IN, from, offset, deviceOffset, bytes);
        yield from.pool()
            .file()
            .whileOpen(descriptor -> {
              request.put("mem_fd", descriptor);
              return fillAndSubmit(work, at + 1, requests, deadline, submit);
            });
      }
      case DeviceWork.CopyOut(long deviceOffset, var to, long offset, long bytes) -> {
        putCopy(request, GpuAbi.COPY_OUT, to, offset, deviceOffset, bytes);
        yield to.pool()
            .file()
            .whileOpen(descriptor -> {
              request.put("mem_fd", descriptor);
              return fillAndSubmit(work, at + 1, requests, deadline, submit);
            });
      }
      case DeviceWork.Factorial(long n) -> {
        request.put("operation", GpuAbi.LAUNCH).put("kernel", GpuAbi.KERNEL_FACTORIAL);
        request.part("arguments").set(JAVA_LONG, 0, n);
        yield fillAndSubmit(work, at + 1, requests, deadline, submit);
      }
    };
  }

  private static void putCopy(
      Struct request,
      int operation,
      PinnedBlocks blocks,
      long offset,
      long deviceOffset,
      long bytes) {
    request
        .put("operation", operation)
        .put("handle", blocks.handleOf(offset))
        .put("block_offset", offset % blocks.pool().blockBytes())
        .put("device_offset", deviceOffset)
        .put("bytes", bytes);
  }

  /**
   * Waits for a ticket. The module's own wait ends only with a fatal signal, so it is made in
   * slices between which an interrupt or a close is seen.
   */
  Completion await(long ticket, Duration timeout) throws ModuleFailure, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Arena arena = Arena.ofConfined()) {
      while (true) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while " + address + " was at work");
        }
        long left = Math.max(0, deadline - System.nanoTime());
        Struct wait =
            Struct.of(GpuAbi.WAIT, arena)
                .put("ticket", ticket)
                .put("timeout_ns", Math.min(left, WAIT_SLICE_NANOS));
        int answer = file.call(MODULE.callNumber(GpuAbi.CALL_WAIT), wait.memory());
        if (answer >= 0) {
          return completion(new Struct(GpuAbi.COMPLETION, wait.part("completion")));
        }
        if (answer != -Errno.ETIMEDOUT || left == 0) {
          throw ModuleFailure.of(MODULE, "work of " + address, -answer);
        }
      }
    }
  }

  private Completion completion(Struct end) throws ModuleFailure {
    int error = (int) end.get("error");
    if (error != 0) {
      throw ModuleFailure.of(MODULE, "work of " + address, error);
    }
    return Completion.of(end);
  }

  /** Whether there was still something to cancel. */
  boolean cancel(long ticket) throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      Struct cancel = Struct.of(GpuAbi.CANCEL, arena).put("ticket", ticket);
      int answer = file.call(MODULE.callNumber(GpuAbi.CALL_CANCEL), cancel.memory());
      if (answer == -Errno.EALREADY || answer == -Errno.ENOENT) {
        return false;
      }
      if (answer < 0) {
        throw ModuleFailure.of(MODULE, "cancelling work of " + address, -answer);
      }
      return true;
    }
  }

  /** Cancels what is not done and lets go of the device. */
  @Override
  public void close() {
    file.close();
  }
}
