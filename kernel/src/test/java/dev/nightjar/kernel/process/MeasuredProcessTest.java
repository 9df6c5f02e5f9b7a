package dev.nightjar.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.process.ProcessOutcome.End;
import dev.nightjar.model.Failure;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "exact readings are Linux's")
class MeasuredProcessTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private ProcessCommand shell(String script, Duration timeout) {
    return ProcessCommand.of(
        List.of("/bin/sh", "-c", script),
        folder,
        folder.resolve("out"),
        folder.resolve("err"),
        timeout);
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  @Test
  void tellsExitCodeOutputAndFolder() throws Exception {
    ProcessOutcome outcome = MeasuredProcess.run(shell("pwd; echo wrong >&2; cat; exit 3", LONG));
    assertEquals(End.EXITED, outcome.end());
    assertEquals(3, outcome.status());
    assertFalse(outcome.isSuccess());
    assertEquals(folder.toRealPath() + "\n", out());
    assertEquals("wrong\n", Files.readString(folder.resolve("err")));
  }

  @Test
  void bothStreamsMayShareAFile() throws Exception {
    Path both = folder.resolve("both");
    MeasuredProcess.run(
        ProcessCommand.of(
            List.of("/bin/sh", "-c", "echo a; echo b >&2; echo c"), folder, both, both, LONG));
    assertEquals("a\nb\nc\n", Files.readString(both));
  }

  @Test
  void tellsTheSignal() throws Exception {
    ProcessOutcome outcome = MeasuredProcess.run(shell("kill -SEGV $$", LONG));
    assertEquals(End.SIGNALLED, outcome.end());
    assertEquals(11, outcome.status());
  }

  @Test
  void measuresCpuTimeAndWait() throws Exception {
    ProcessOutcome outcome =
        MeasuredProcess.run(
            shell("sleep 0.01; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done", LONG));
    assertTrue(outcome.isSuccess());
    BoundaryReadings readings = outcome.readings();
    long cpu =
        readings.of(Indicator.USER_CPU).orElseThrow()
            + readings.of(Indicator.SYSTEM_CPU).orElseThrow();
    assertTrue(cpu > 10_000_000, () -> "CPU time " + cpu);
    // The clocks tick apart, so equality may be missed by a little.
    assertTrue(outcome.wallNanos() > cpu * 0.9, () -> outcome + " took less than its CPU time");
    assertTrue(readings.of(Indicator.MINOR_FAULTS).orElseThrow() > 0);
    long wait = readings.of(Indicator.RUN_QUEUE_WAIT).orElseThrow();
    assertTrue(wait >= 0 && wait < outcome.wallNanos(), () -> "wait " + wait);
    // It waited for its sleep to end, which gives the CPU away.
    assertTrue(readings.of(Indicator.VOLUNTARY_SWITCHES).orElseThrow() > 0, readings::toString);
    assertTrue(readings.of(Indicator.INVOLUNTARY_SWITCHES).orElseThrow() >= 0, readings::toString);
  }

  /** The zombie's schedstat is still there: a program that ends before the first look has one. */
  @Test
  void theWaitOfAShortProgramIsKnown() throws Exception {
    for (int i = 0; i < 20; i++) {
      ProcessOutcome outcome = MeasuredProcess.run(shell("exit 0", LONG));
      if (outcome.readings().of(Indicator.RUN_QUEUE_WAIT).orElseThrow() > 0) {
        return;
      }
    }
    throw new AssertionError("a new process never waited for a CPU in 20 starts");
  }

  @Test
  void thePeakOfMemoryIsThatOfTheProgramOrAbsent() throws Exception {
    BoundaryReadings small = MeasuredProcess.run(shell("true", LONG)).readings();
    assertFalse(small.has(Indicator.MAX_RSS), "it would be this JVM's");
    String script = "head -c 1500000000 /dev/zero | tail -c 1500000000 | wc -c";
    BoundaryReadings large = MeasuredProcess.run(shell(script, LONG)).readings();
    assertEquals("1500000000\n", out());
    assertTrue(large.of(Indicator.MAX_RSS).orElseThrow() > 1_400_000_000L);
  }

  @Test
  void environmentIsAddedToTheOwn() throws Exception {
    ProcessCommand plain = shell("echo \"$NIGHTJAR_TEST $PATH\"", LONG);
    MeasuredProcess.run(
        new ProcessCommand(
            plain.argv(),
            Map.of("NIGHTJAR_TEST", "a=b ü"),
            folder,
            plain.stdout(),
            plain.stderr(),
            LONG,
            1 << 20,
            null));
    assertEquals("a=b ü " + System.getenv("PATH") + "\n", out());
  }

  @Test
  void inheritsNoDescriptorOfTheJvm() throws Exception {
    try (var held = Files.newInputStream(Files.createFile(folder.resolve("held")))) {
      MeasuredProcess.run(shell("ls -l /proc/$$/fd", LONG));
      assertFalse(out().contains("held"), out());
      assertEquals(-1, held.read());
    }
  }

  @Test
  void pinsToCpusAndLeavesTheOwnThreadAlone() throws Exception {
    ProcessCommand plain = shell("grep Cpus_allowed_list /proc/self/status", LONG);
    BitSet first = new BitSet();
    first.set(firstAllowedCpu());
    String before = allowedCpus();
    MeasuredProcess.run(
        new ProcessCommand(
            plain.argv(), Map.of(), folder, plain.stdout(), plain.stderr(), LONG, 1 << 20, first));
    assertEquals("Cpus_allowed_list:\t" + firstAllowedCpu() + "\n", out());
    assertEquals(before, allowedCpus());
  }

  private static String allowedCpus() throws IOException {
    return Files.readString(Path.of("/proc/thread-self/status"))
        .lines()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .findFirst()
        .orElseThrow();
  }

  private static int firstAllowedCpu() throws IOException {
    return Integer.parseInt(allowedCpus().replaceFirst("[^0-9]*([0-9]+).*", "$1"));
  }

  @Test
  void aTimeoutLeavesNoDescendantBehind() throws Exception {
    String script =
        "trap '' TERM; (sleep 1000 & setsid sleep 1000 & sleep 1000) & "
            + "while :; do sleep 1000; done & wait";
    ProcessOutcome outcome = MeasuredProcess.run(shell(script, Duration.ofMillis(300)));
    assertEquals(End.TIMED_OUT, outcome.end());
    awaitNobodyIn(folder);
  }

  @Test
  void whatAProgramLeavesInItsGroupEndsWithIt() throws Exception {
    ProcessOutcome outcome = MeasuredProcess.run(shell("sleep 1000 & exit 0", LONG));
    assertTrue(outcome.isSuccess());
    awaitNobodyIn(folder);
  }

  /** Every process started here has this test's folder as its working folder. */
  static void awaitNobodyIn(Path folder) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    List<String> left = List.of("?");
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      left =
          new KernelRoot(Path.of("/"))
              .names("/proc", "[1-9]*").stream().filter(pid -> isIn(folder, pid)).toList();
    }
    assertEquals(List.of(), left);
  }

  private static boolean isIn(Path folder, String pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", pid, "cwd")).equals(folder.toRealPath());
    } catch (IOException e) {
      return false; // it has ended, or has no folder, being a zombie
    }
  }

  @Test
  void tooMuchOutputEndsTheProgram() throws Exception {
    ProcessCommand plain = shell("cat /dev/zero", LONG);
    ProcessOutcome outcome =
        MeasuredProcess.run(
            new ProcessCommand(
                plain.argv(), Map.of(), folder, plain.stdout(), plain.stderr(), LONG, 1000, null));
    assertEquals(End.TOO_MUCH_OUTPUT, outcome.end());
  }

  @Test
  void anInterruptEndsTheProgram() throws Exception {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> MeasuredProcess.run(shell("sleep 1000", LONG)));
    awaitNobodyIn(folder);
  }

  /** Whoever watches or boosts a program may fail, and only this knows that it runs. */
  @Test
  void whateverFailsAfterTheStartEndsTheProgramWithItsChildren() throws Exception {
    String script = "trap '' TERM; (setsid sleep 1000 &) ; sleep 1000 & wait; sleep 1000";
    for (Throwable failure : List.of(new IllegalStateException("no boost"), new Error("no heap"))) {
      LongConsumer failing =
          pid -> {
            awaitChildrenOf(pid);
            throwIt(failure);
          };
      Throwable thrown =
          assertThrows(failure.getClass(), () -> MeasuredProcess.run(shell(script, LONG), failing));
      assertSame(failure, thrown);
      awaitNobodyIn(folder);
      assertEquals(List.of(), zombies(), "it was not reaped");
      assertSame(
          failure,
          assertThrows(
              failure.getClass(),
              () -> PlainProcess.run(shell("sleep 1000 & wait", LONG), failing)));
      awaitNobodyIn(folder);
    }
    assertTrue(MeasuredProcess.run(shell("true", LONG)).isSuccess(), "the next one runs");
  }

  private static void awaitChildrenOf(long pid) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (ProcessHandle.of(pid).map(handle -> handle.descendants().count()).orElse(0L) == 0
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static void throwIt(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  /** Children of this JVM that have ended and that nobody has waited for. */
  private static List<Long> zombies() {
    return ProcessHandle.current()
        .children()
        .map(ProcessHandle::pid)
        .filter(pid -> {
          try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
          } catch (IOException e) {
            return false;
          }
        })
        .toList();
  }

  @Test
  void whatWorksInAFolderThatGoesIsEndedAndNothingElse() throws Exception {
    Path inside = Files.createDirectories(folder.resolve("tree/sub"));
    assertTrue(
        MeasuredProcess.run(shell("cd tree/sub && setsid sleep 1000 & sleep 0.3", LONG))
            .isSuccess());
    Process foreign = new ProcessBuilder("sleep", "1000").directory(inside.toFile()).start();
    try {
      MarkedProcesses.endIn(folder.resolve("tree").toRealPath());
      assertTrue(foreign.isAlive(), "it came of no measured program");
    } finally {
      foreign.destroyForcibly().waitFor();
    }
    awaitNobodyIn(inside);
  }

  @Test
  void whatCannotBeStartedIsNamed() {
    Failure.Misuse missing =
        assertThrows(
            Failure.Misuse.class,
            () ->
                MeasuredProcess.run(
                    ProcessCommand.of(
                        List.of("no-such-program-here"),
                        folder,
                        folder.resolve("out"),
                        folder.resolve("err"),
                        LONG)));
    assertTrue(missing.toString().contains("no-such-program-here"), missing.toString());
    assertTrue(missing.toString().contains("No such file"), missing.toString());
    Failure.Misuse nowhere =
        assertThrows(
            Failure.Misuse.class,
            () ->
                MeasuredProcess.run(
                    ProcessCommand.of(
                        List.of("true"),
                        folder.resolve("nowhere"),
                        folder.resolve("out"),
                        folder.resolve("err"),
                        LONG)));
    assertTrue(nowhere.toString().contains("nowhere"), nowhere.toString());
  }

  @Test
  void thePlainWayMeasuresWallTimeAndEndsDescendants() throws Exception {
    ProcessOutcome outcome = PlainProcess.run(shell("exit 4", LONG), pid -> {});
    assertEquals(End.EXITED, outcome.end());
    assertEquals(4, outcome.status());
    assertEquals(BoundaryReadings.ABSENT, outcome.readings());
    ProcessOutcome late =
        PlainProcess.run(shell("sleep 1000 & sleep 1000", Duration.ofMillis(200)), pid -> {});
    assertEquals(End.TIMED_OUT, late.end());
    awaitNobodyIn(folder);
  }
}
