package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows how a pipeline goes on: a bar that is drawn over itself on a terminal; elsewhere, as in a
 * CI log, plain lines and few of them.
 */
public final class ProgressDisplay implements RunListener {
  private static final int BAR_WIDTH = 24;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PLAIN_LINE_NANOS = 30_000_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean terminal;
  private long drawnAt;
  private boolean barIsDrawn;

  ProgressDisplay(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Bars where standard error is a terminal that can draw them. */
  public static ProgressDisplay on(Invocation invocation) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
            && !"dumb".equals(invocation.environment().getOrDefault("TERM", "dumb"))
            && !invocation.environment().containsKey("CI");
    return new ProgressDisplay(invocation.err(), terminal);
  }

  @Override
  public synchronized void hear(RunEvent event) {
    switch (event) {
      case RunEvent.StepBegan began -> stepBegan(began.step());
      case RunEvent.Progressed it -> progressed(it.step(), it.what(), it.done(), it.total());
      case RunEvent.Noted noted -> noted(noted.sentence());
      case RunEvent.StepEnded ended -> stepEnded(ended.step(), ended.detail(), ended.took());
      case RunEvent.Begun _, RunEvent.SamplesStored _, RunEvent.Judged _, RunEvent.Ended _ -> {}
    }
  }

  private void stepBegan(String step) {
    drawnAt = System.nanoTime();
    if (terminal) {
      draw(step + " …");
    }
  }

  private void progressed(String step, String what, long done, long total) {
    long now = System.nanoTime();
    if (now - drawnAt < (terminal ? REDRAW_NANOS : PLAIN_LINE_NANOS)) {
      return;
    }
    drawnAt = now;
    String count =
        total > 0 ? "%,d of %,d %s".formatted(done, total, what) : "%,d %s".formatted(done, what);
    if (terminal) {
      draw("%-9s%s %s".formatted(step, bar(done, total), count));
    } else {
      err.printf("%-9s%s%n", step, count);
    }
  }

  private static String bar(long done, long total) {
    if (total <= 0) {
      return "";
    }
    int full = (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
    return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  }

  private void draw(String line) {
    err.print(CLEAR_LINE + Text.oneLine(line));
    err.flush();
    barIsDrawn = true;
  }

  private void clear() {
    if (barIsDrawn) {
      err.print(CLEAR_LINE);
      barIsDrawn = false;
    }
  }

  private void noted(String sentence) {
    clear();
    err.println(Text.oneLine(sentence));
  }

  private void stepEnded(String step, String detail, Duration took) {
    clear();
    err.printf(
        Locale.ROOT, "%-9s%s (%.1f s)%n", step, Text.oneLine(detail), took.toMillis() / 1000.0);
  }
}
