package dev.nightjar.kernel.modules;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nightjar.kernel.modules.gpu.Accelerator;
import dev.nightjar.kernel.modules.gpu.AcceleratorState;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus;
import dev.nightjar.kernel.modules.gpu.Completion;
import dev.nightjar.kernel.modules.gpu.DeviceWork;
import dev.nightjar.kernel.modules.gpu.Ticket;
import dev.nightjar.kernel.modules.memory.BlockRequest;
import dev.nightjar.kernel.modules.memory.MemoryStatus;
import dev.nightjar.kernel.modules.memory.PinnedBlocks;
import dev.nightjar.kernel.modules.memory.PinnedPool;
import dev.nightjar.kernel.modules.memory.PoolUse;
import dev.nightjar.kernel.modules.scheduler.BoostLease;
import dev.nightjar.kernel.modules.scheduler.BoostLevel;
import dev.nightjar.kernel.modules.scheduler.BoostedTask;
import dev.nightjar.kernel.modules.scheduler.DeviceRole;
import dev.nightjar.kernel.modules.scheduler.LeaseState;
import dev.nightjar.kernel.modules.scheduler.SchedulerStatus;
import dev.nightjar.kernel.modules.scheduler.TaskBoost;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The Java API against the modules, in the guest that {@code kernel/vm/run --suite java} boots. A
 * program and no JUnit test: a start of Java takes many seconds there. Lines that begin with {@code
 * # } are shown.
 */
public final class ModulesInGuest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private ModulesInGuest() {}

  /** One behaviour. */
  private interface Case {
    void check() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    int failed = 0;
    failed += run("pool: blocks keep what is written", ModulesInGuest::blocksKeepWhatIsWritten);
    failed += run("pool: use after close is an exception", ModulesInGuest::useAfterClose);
    failed += run("pool: exhaustion is told, and undone", ModulesInGuest::exhaustion);
    failed += run("pool: no owner sees another's bytes", ModulesInGuest::othersBytes);
    failed += run("boost: a lease is taken and given back", ModulesInGuest::leaseAndDrop);
    failed += run("boost: a lease expires by itself", ModulesInGuest::leaseExpires);
    failed += run("boost: one lease a thread", ModulesInGuest::oneLease);
    failed += run("boost: children inherit if they are to", ModulesInGuest::children);
    failed += run("boost: a reported utilisation is known", ModulesInGuest::report);
    failed += run("proc: the files say what the calls say", ModulesInGuest::procFiles);
    failed += run("device: a chain ends in order, each end told once", ModulesInGuest::chain);
    failed += run("device: errors have types", ModulesInGuest::deviceErrors);
    failed += run("the whole request path", ModulesInGuest::requestPath);
    System.exit(failed == 0 ? 0 : 1);
  }

  private static int run(String name, Case behaviour) {
    try {
      behaviour.check();
      System.out.println("# " + name);
      return 0;
    } catch (Exception | AssertionError e) {
      System.out.println("FAILED CASE " + name);
      e.printStackTrace(System.out);
      return 1;
    }
  }

  private static void require(boolean met, String what) {
    if (!met) {
      throw new AssertionError(what);
    }
  }

  private static <T extends Exception> T expect(Class<T> type, Case behaviour) throws Exception {
    try {
      behaviour.check();
    } catch (Exception e) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
      throw e;
    }
    throw new AssertionError("expected " + type.getSimpleName());
  }

  private static void blocksKeepWhatIsWritten() throws Exception {
    try (PinnedPool pool = PinnedPool.open();
        PinnedBlocks blocks = pool.allocate(64)) {
      MemorySegment memory = blocks.memory();
      require(memory.byteSize() == 64L * pool.blockBytes(), "64 blocks are mapped as one piece");
      for (long i = 0; i < memory.byteSize() / 8; i++) {
        memory.setAtIndex(JAVA_LONG, i, i * 0x9E3779B97F4A7C15L);
      }
      for (long i = 0; i < memory.byteSize() / 8; i++) {
        require(memory.getAtIndex(JAVA_LONG, i) == i * 0x9E3779B97F4A7C15L, "word " + i);
      }
      require(pool.use().own() == 64, "64 blocks are ours");
      try (PinnedBlocks far = pool.allocate(BlockRequest.of(3).cleared().onlyOn(1))) {
        require(far.memory().get(JAVA_BYTE, 0) == 0, "cleared");
      }
    }
  }

  private static void useAfterClose() throws Exception {
    PinnedPool pool = PinnedPool.open();
    PinnedBlocks blocks = pool.allocate(2);
    MemorySegment memory = blocks.memory();
    memory.set(JAVA_BYTE, 0, (byte) 1);
    blocks.close();
    blocks.close();
    expect(IllegalStateException.class, () -> memory.get(JAVA_BYTE, 0));
    expect(IllegalStateException.class, blocks::memory);
    PinnedBlocks others = pool.allocate(1);
    MemorySegment second = others.memory();
    pool.close();
    pool.close();
    expect(IllegalStateException.class, () -> second.get(JAVA_BYTE, 0));
    expect(IllegalStateException.class, () -> pool.allocate(1));
    others.close();
  }

  private static void exhaustion() throws Exception {
    try (PinnedPool pool = PinnedPool.open()) {
      long free = pool.use().free();
      List<PinnedBlocks> all = new ArrayList<>();
      ModuleFailure.Exhausted full =
          expect(
              ModuleFailure.Exhausted.class,
              () -> {
                while (true) {
                  all.add(pool.allocate(64));
                }
              });
      require(full.limit() == ModuleFailure.Exhausted.Limit.POOL, "the pool is what is empty");
      require(all.size() >= free / 64 - 2, all.size() + " runs of 64 out of " + free);
      all.forEach(PinnedBlocks::close);
      require(pool.use().own() == 0, "all are given back");
      pool.allocate(64).close();
    }
  }

  private static void othersBytes() throws Exception {
    try (PinnedPool mine = PinnedPool.open();
        PinnedPool theirs = PinnedPool.open()) {
      for (int turn = 0; turn < 20; turn++) {
        try (PinnedBlocks blocks = mine.allocate(32)) {
          blocks.memory().fill((byte) 0x5a);
        }
        try (PinnedBlocks blocks = theirs.allocate(32)) {
          for (long at = 0; at < blocks.bytes(); at += 8) {
            require(blocks.memory().get(JAVA_LONG, at) == 0, "another's byte at " + at);
          }
        }
      }
    }
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("/bin/sleep", "1000").start();
  }

  private static int niceOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  private static void leaseAndDrop() throws Exception {
    Process child = sleeper();
    try (TaskBoost boost = TaskBoost.open()) {
      long before = boost.totals().dropped();
      try (BoostLease lease =
          boost.lease(BoostedTask.process(child.pid()), BoostLevel.nice(-9), LONG)) {
        require(niceOf(child.pid()) == -9, "boosted");
        LeaseState state = lease.state();
        require(state.niceBefore() == 0 && state.niceNow() == -9, state.toString());
        require(state.utilisation().isEmpty(), "no device, no utilisation");
        lease.renew(Duration.ofSeconds(5));
        require(lease.state().remaining().compareTo(Duration.ofSeconds(5)) <= 0, "renewed");
      }
      require(niceOf(child.pid()) == 0, "given back");
      require(boost.totals().dropped() == before + 1, "counted");
      BoostLease own = boost.lease(BoostedTask.callingThread(), BoostLevel.nice(-3), LONG);
      require(own.state().niceNow() == -3, "this thread too");
      own.close();
      expect(IllegalStateException.class, own::state);
    } finally {
      child.destroyForcibly().waitFor();
    }
    expect(
        ModuleFailure.Ended.class,
        () -> {
          try (TaskBoost boost = TaskBoost.open()) {
            boost.lease(BoostedTask.process(child.pid()), BoostLevel.nice(-9), LONG);
          }
        });
  }

  /** A shell that starts a sleeper once it is told to; the sleeper's nice value. */
  private static int childsNice(TaskBoost boost, boolean program) throws Exception {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", "read go; sleep 1000 & echo $!; wait").start();
    long pid = shell.pid();
    BoostedTask task = program ? BoostedTask.program(pid) : BoostedTask.process(pid);
    try (BoostLease _ = boost.lease(task, BoostLevel.nice(-6), LONG)) {
      shell.outputWriter().write("go\n");
      shell.outputWriter().flush();
      long child = Long.parseLong(shell.inputReader().readLine());
      int nice = niceOf(child);
      ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
      return nice;
    } finally {
      shell.destroyForcibly().waitFor();
    }
  }

  private static void children() throws Exception {
    try (TaskBoost boost = TaskBoost.open()) {
      require(childsNice(boost, false) == 0, "what a boosted process starts is not boosted");
      require(childsNice(boost, true) == -6, "what a boosted program starts is");
    }
  }

  private static void leaseExpires() throws Exception {
    Process child = sleeper();
    try (TaskBoost boost = TaskBoost.open()) {
      BoostLease lease =
          boost.lease(
              BoostedTask.process(child.pid()), BoostLevel.nice(-5), Duration.ofMillis(300));
      require(niceOf(child.pid()) == -5, "boosted");
      long deadline = System.nanoTime() + LONG.toNanos();
      while (niceOf(child.pid()) != 0) {
        require(System.nanoTime() < deadline, "did not expire");
        Thread.sleep(20);
      }
      expect(ModuleFailure.Ended.class, lease::state);
      expect(ModuleFailure.Ended.class, () -> lease.renew(LONG));
      lease.close();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static void oneLease() throws Exception {
    Process child = sleeper();
    try (TaskBoost boost = TaskBoost.open();
        BoostLease first =
            boost.lease(BoostedTask.process(child.pid()), BoostLevel.nice(-2), LONG)) {
      expect(
          ModuleFailure.Busy.class,
          () -> boost.lease(BoostedTask.process(child.pid()), BoostLevel.nice(-4), LONG));
      require(first.state().niceNow() == -2, "the first stands");
      require(!boost.allowsRealTime(), "the administrator has not allowed it");
      expect(
          ModuleFailure.NotPermitted.class,
          () -> boost.lease(BoostedTask.callingThread(), BoostLevel.realTime(), LONG));
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (TaskBoost boost = TaskBoost.open()) {
      boost.lease(BoostedTask.callingThread(), BoostLevel.nice(-2), LONG);
    }
    require(niceOf(ProcessHandle.current().pid()) == 0, "closing the module gives back");
  }

  private static void report() throws Exception {
    PciAddress vendorDevice = new PciAddress(0, 0x65, 0, 0);
    DeviceRole feeds =
        new DeviceRole(vendorDevice, java.util.Optional.of(DeviceRole.Part.FEEDS), false);
    try (TaskBoost boost = TaskBoost.open();
        BoostLease lease =
            boost.lease(BoostedTask.callingThread(), BoostLevel.nice(-2), LONG, feeds)) {
      require(lease.state().utilisation().isEmpty(), "nothing was reported yet");
      boost.report(vendorDevice, 0.2, Duration.ofSeconds(30));
      require(lease.state().utilisation().orElse(-1) == 0.2, "reported");
      boost.report(vendorDevice, 0.9, Duration.ofMillis(50));
      long deadline = System.nanoTime() + LONG.toNanos();
      while (lease.state().utilisation().isPresent()) {
        require(System.nanoTime() < deadline, "a stale report is still believed");
        Thread.sleep(20);
      }
    }
  }

  private static void procFiles() throws Exception {
    try (PinnedPool pool = PinnedPool.open();
        PinnedBlocks blocks = pool.allocate(5);
        TaskBoost boost = TaskBoost.open();
        BoostLease lease = boost.lease(BoostedTask.callingThread(), BoostLevel.nice(-1), LONG)) {
      for (int i = 0; i < 20; i++) {
        Thread.sleep(1);
      }
      MemoryStatus memory = MemoryStatus.read();
      PoolUse use = pool.use();
      require(memory.totalBlocks().orElse(-1) == use.total(), memory.toString());
      require(memory.freeBlocks().orElse(-1) == use.free(), memory.toString());
      require(memory.usedBlocks().orElse(-1) == blocks.count(), memory.toString());
      long self = ProcessHandle.current().pid();
      require(memory.perOwner().contains(new MemoryStatus.Owner(self, 5)), memory.toString());
      SchedulerStatus scheduler = SchedulerStatus.read();
      require(scheduler.leases().orElse(-1) == 1, scheduler.toString());
      require(scheduler.boosted().getFirst().process().orElse(-1) == self, scheduler.toString());
      require(scheduler.wakeups().count() >= 20, "20 naps are 20 wake-ups: " + scheduler);
      require(lease.state().wakeups().below(0.5).isPresent(), "a median");
    }
    AcceleratorStatus gpu = AcceleratorStatus.read();
    require(gpu.engines().size() == Accelerator.list().size(), gpu.toString());
    require(gpu.devices().size() >= 3, gpu.toString());
    require(gpu.engines().getFirst().utilisation().isPresent(), gpu.toString());
  }

  private static PciAddress hardware() throws ModuleFailure {
    return Accelerator.list().stream()
        .filter(AcceleratorState::hardware)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no device but null ones"))
        .address();
  }

  private static void chain() throws Exception {
    try (Accelerator device = Accelerator.claim(PciAddress.nullDevice(0))) {
      List<Ticket> good =
          device.submitChain(List.of(DeviceWork.factorial(5), DeviceWork.factorial(6)), LONG);
      require(good.get(1).await(LONG).result() == 720, "6!");
      require(good.get(0).await(LONG).result() == 120, "5!");
      expect(ModuleFailure.Ended.class, () -> good.get(0).await(LONG));
      Ticket late = device.submit(DeviceWork.factorial(7), LONG);
      require(late.await(LONG).result() == 5040, "7!");
      require(!late.cancel(), "what has ended cannot be cancelled");
    }
  }

  private static void deviceErrors() throws Exception {
    expect(
        ModuleFailure.DeviceLost.class, () -> Accelerator.claim(new PciAddress(0x7f00, 1, 2, 3)));
    try (Accelerator device = Accelerator.claim(PciAddress.nullDevice(0));
        PinnedPool pool = PinnedPool.open()) {
      expect(ModuleFailure.Busy.class, () -> Accelerator.claim(PciAddress.nullDevice(0)));
      PinnedBlocks blocks = pool.allocate(1);
      DeviceWork copy = DeviceWork.copyIn(blocks, 0, 0, 64);
      device.submit(copy, LONG).await(LONG);
      blocks.close();
      expect(IllegalStateException.class, () -> device.submit(copy, LONG));
      expect(
          ModuleFailure.Refused.class, () -> device.submit(DeviceWork.factorial(1L << 40), LONG));
    }
    Accelerator closed = Accelerator.claim(PciAddress.nullDevice(0));
    closed.close();
    expect(IllegalStateException.class, () -> closed.submit(DeviceWork.factorial(3), LONG));
  }

  /** Boost, allocate, map, write, DMA in, launch, interrupt, DMA back, compare. */
  private static void requestPath() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("# path: seed " + seed + ", device " + hardware());
    for (int turn = 0; turn < 3; turn++) {
      // Java loads classes in the first turn, so the last one tells what the path itself takes.
      requestPath(seed + turn, new Hops(turn == 2));
    }
  }

  private static void requestPath(long seed, Hops hops) throws Exception {
    int bytes = 2048;
    byte[] sent = new byte[bytes];
    new Random(seed).nextBytes(sent);
    try (TaskBoost boost = TaskBoost.open();
        PinnedPool pool = PinnedPool.open();
        Accelerator device = Accelerator.claim(hardware())) {
      hops.start();
      try (BoostLease lease =
          boost.lease(BoostedTask.callingThread(), BoostLevel.nice(-10), LONG)) {
        hops.passed("boost lease");
        try (PinnedBlocks in = pool.allocate(1);
            PinnedBlocks out = pool.allocate(1)) {
          hops.passed("allocate 2 x 1 block");
          MemorySegment source = in.memory();
          MemorySegment target = out.memory();
          hops.passed("mmap of both");
          MemorySegment.copy(sent, 0, source, JAVA_BYTE, 0, bytes);
          target.fill((byte) 0);
          hops.passed("write " + bytes + " bytes");
          hops.device("DMA in", device, DeviceWork.copyIn(in, 0, 0, bytes), bytes);
          hops.device("launch 10!", device, DeviceWork.factorial(10), 3_628_800);
          hops.device("DMA back", device, DeviceWork.copyOut(0, out, 0, bytes), bytes);
          byte[] back = target.asSlice(0, bytes).toArray(JAVA_BYTE);
          require(java.util.Arrays.equals(sent, back), "what came back is what was sent");
          require(target.get(JAVA_BYTE, bytes) == 0, "and no more");
          hops.passed("compare");
        }
        hops.passed("unmap and free");
        LeaseState state = lease.state();
        require(state.niceNow() == -10, state.toString());
      }
      hops.passed("drop the lease");
      hops.total();
    }
  }

  /** Prints how long each hop took. */
  private static final class Hops {
    private final boolean shown;
    private long startNanos;
    private long lastNanos;

    Hops(boolean shown) {
      this.shown = shown;
    }

    void start() {
      startNanos = System.nanoTime();
      lastNanos = startNanos;
    }

    void passed(String hop) {
      long now = System.nanoTime();
      print(hop, now - lastNanos);
      lastNanos = System.nanoTime();
    }

    private void print(String hop, long nanos) {
      if (shown) {
        System.out.printf("# path: %-42s %,12.1f us%n", hop, nanos / 1e3);
      }
    }

    void device(String hop, Accelerator device, DeviceWork work, long expected) throws Exception {
      Ticket ticket = device.submit(work, LONG);
      passed(hop + ": submit");
      Completion end = ticket.await(LONG);
      long now = System.nanoTime();
      require(end.result() == expected, hop + " gave " + end.result());
      Duration atWork =
          end.atWork().orElseThrow(() -> new AssertionError(hop + ": no interrupt came"));
      print(hop + ": submit to start", end.queued().toNanos());
      print(hop + ": start to interrupt", atWork.toNanos());
      print(hop + ": interrupt to ticket's end", end.settled().toNanos());
      print(hop + ": ticket's end to Java", now - end.endedNanos());
      lastNanos = System.nanoTime();
    }

    void total() {
      print("all of it", System.nanoTime() - startNanos);
    }
  }
}
