package dev.nightjar.git.history;

import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.ObjectStore;
import dev.nightjar.model.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a history with several threads: one walks, some compare trees, the caller stores.
 *
 * <p>The walk runs a little ahead, so that the commits it read are still in the cache when they are
 * compared; finished blocks wait in a short queue. So memory is bounded by the cache and a few
 * blocks; only the names that the walk has seen, some 50 bytes each, grow with the history. Blocks
 * are handed out as they are finished, not in order.
 */
public final class HistoryReader {
  /** Small enough for the threads to stay near each other in the history, and so in the cache. */
  private static final int COMMITS_IN_BLOCK = 64;

  private static final int WALKED_AHEAD = 128;
  private static final int BLOCKS_AHEAD = 16;

  /** What finished blocks may take in memory while they wait, in KiB. */
  private static final int MOST_WAITING_KIB = 64 << 10;

  private static final long LOOK_FOR_FAILURES_MILLIS = 100;

  private final ObjectStore objects;
  private final Mailmap mailmap;
  private final Set<ObjectName> shallow;

  public HistoryReader(ObjectStore objects, Mailmap mailmap, Set<ObjectName> shallow) {
    this.objects = objects;
    this.mailmap = mailmap;
    this.shallow = shallow;
  }

  /** Reads what the request asks for into the sink. */
  public void read(HistoryRequest request, HistorySink sink) throws InterruptedException {
    new Reading(request).run(sink);
  }

  /** One reading: its queues, its threads. */
  private final class Reading {
    private final HistoryRequest request;
    private final BlockingQueue<List<ObjectName>> names = new ArrayBlockingQueue<>(WALKED_AHEAD);
    private final BlockingQueue<CommitBlock> blocks = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
    private final Semaphore roomKib = new Semaphore(MOST_WAITING_KIB);
    private final AtomicLong total = new AtomicLong();
    private final List<Future<?>> threads = new ArrayList<>();

    Reading(HistoryRequest request) {
      this.request = request;
    }

    void run(HistorySink sink) throws InterruptedException {
      ExecutorService pool =
          Executors.newFixedThreadPool(
              request.threads() + 1, Thread.ofPlatform().name("git-", 0).daemon().factory());
      try {
        start(pool, this::walk);
        for (int i = 0; i < request.threads(); i++) {
          start(pool, this::compare);
        }
        drain(sink);
      } finally {
        pool.shutdownNow();
        pool.awaitTermination(1, TimeUnit.MINUTES);
        objects.clearCache();
      }
    }

    private void start(ExecutorService pool, Callable<Void> work) {
      threads.add(pool.submit(work));
    }

    /** Ends when every thread has; their failures become the caller's. */
    private void drain(HistorySink sink) throws InterruptedException {
      boolean more = true;
      while (more) {
        boolean ended = haveEnded();
        CommitBlock block =
            blocks.poll(ended ? 0 : LOOK_FOR_FAILURES_MILLIS, TimeUnit.MILLISECONDS);
        if (block != null) {
          sink.accept(block, total.get());
          roomKib.release(kib(block));
        }
        more = block != null || !ended;
      }
    }

    private boolean haveEnded() throws InterruptedException {
      boolean all = true;
      for (Future<?> thread : threads) {
        if (thread.isDone()) {
          rethrow(thread);
        } else {
          all = false;
        }
      }
      return all;
    }

    private static void rethrow(Future<?> thread) throws InterruptedException {
      try {
        thread.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException failure -> throw failure;
          case Error error -> throw error;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }

    private Void walk() throws InterruptedException {
      List<ObjectName> block = new ArrayList<>(COMMITS_IN_BLOCK);
      List<DeadLetter> unreadable;
      try (var loader = objects.newLoader()) {
        CommitWalk walk =
            new CommitWalk(
                loader,
                request.known(),
                shallow,
                request.firstParent(),
                name -> {
                  total.incrementAndGet();
                  block.add(name);
                  if (block.size() == COMMITS_IN_BLOCK) {
                    names.put(List.copyOf(block));
                    block.clear();
                  }
                });
        unreadable = walk.from(request.tips().stream().map(ObjectName::of).toList());
      }
      // Not when the walk failed or was interrupted: then nobody may be left to take anything.
      if (!block.isEmpty()) {
        names.put(List.copyOf(block));
      }
      // An empty list tells a comparing thread that no more will come.
      for (int i = 0; i < request.threads(); i++) {
        names.put(List.of());
      }
      if (!unreadable.isEmpty()) {
        handOut(new CommitBlock(List.of(), unreadable));
      }
      return null;
    }

    private Void compare() throws InterruptedException {
      try (CommitReader reader =
          new CommitReader(objects.newLoader(), mailmap, shallow, request.firstParent())) {
        List<ObjectName> block = names.take();
        while (!block.isEmpty()) {
          reader.read(block, this::handOut);
          block = names.take();
        }
      }
      return null;
    }

    private void handOut(CommitBlock block) throws InterruptedException {
      roomKib.acquire(kib(block));
      blocks.put(block);
    }

    private static int kib(CommitBlock block) {
      return (int) Math.min(MOST_WAITING_KIB, block.bytes() >> 10);
    }
  }
}
