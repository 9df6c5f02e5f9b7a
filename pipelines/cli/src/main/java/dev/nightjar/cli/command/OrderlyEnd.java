package dev.nightjar.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C and SIGTERM an interrupt of the thread that opened this, so that it ends what it has
 * started and removes what it has made, such as work trees. The process lives until this is closed,
 * or for {@value #LONGEST_SECONDS} s; then it ends as the signal says.
 */
public final class OrderlyEnd implements AutoCloseable {
  private static final long LONGEST_SECONDS = 30;

  /** Whether a signal is ending this process; what is to be said of it is said by the hook. */
  private static volatile boolean isUnderWay;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private OrderlyEnd(Thread interrupted) {
    hook = new Thread(() -> end(interrupted), "orderly-end");
  }

  public static OrderlyEnd ofThisThread() {
    OrderlyEnd end = new OrderlyEnd(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  public static boolean isUnderWay() {
    return isUnderWay;
  }

  private void end(Thread interrupted) {
    isUnderWay = true;
    interrupted.interrupt();
    try {
      boolean _ = closed.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The process ends when this returns, so the thread that was interrupted may come too late.
    System.err.println("nightjar: interrupted.");
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // a signal is ending the process: the hook has just been let go
    }
  }
}
