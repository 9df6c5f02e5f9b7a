package dev.nightjar.kernel.bpf;

import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running bpf program, read once a tick. Its text goes to bpftrace through a file that is deleted
 * when it ends. If this JVM is killed, bpftrace ends at its next line, within a second, as nobody
 * reads it any more.
 */
public final class BpfTracer implements TelemetrySource {
  /** Lines that are kept between two ticks; a program prints one a second. */
  private static final int MOST_LINES = 1024;

  private static final int GRACE_SECONDS = 5;

  private final BpfProgram program;
  private final Process process;
  private final Path text;
  private final BpfReadings readings;
  private final Consumer<Skip> skips;
  private final BlockingQueue<BpfLine> lines = new LinkedBlockingQueue<>(MOST_LINES);
  private final Thread reader;
  private volatile String complaint = "";
  private boolean endWasTold;

  private BpfTracer(
      BpfProgram program, Process process, Path text, BpfReadings readings, Consumer<Skip> skips) {
    this.program = program;
    this.process = process;
    this.text = text;
    this.readings = readings;
    this.skips = skips;
    this.reader =
        Thread.ofPlatform().name("nightjar-" + program.word()).daemon().start(this::readOn);
  }

  /** Starts a program; empty, and the reason told, where it cannot be. */
  public static Optional<TelemetrySource> start(
      BpfProgram program, BpfOptions options, Columns columns, Consumer<Skip> skips) {
    Optional<Path> library = options.foundLibrary();
    if (program.needsLibrary() && library.isEmpty()) {
      skips.accept(
          skip(program, "there is no libcuda.so.1 here: name a library if it has another"));
      return Optional.empty();
    }
    Path text = null;
    try {
      text = writtenOut(program);
      List<String> command = new ArrayList<>(List.of("bpftrace", "-f", "json", text.toString()));
      if (program.needsLibrary()) {
        command.add(library.orElseThrow().toString());
        command.add(options.launchSymbol());
        command.add(options.waitSymbol());
      }
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      Process process = builder.start();
      process.getOutputStream().close();
      return Optional.of(
          new BpfTracer(program, process, text, new BpfReadings(program, columns), skips));
    } catch (IOException e) {
      remove(text);
      skips.accept(skip(program, "bpftrace does not start (install bpftrace): " + e.getMessage()));
      return Optional.empty();
    }
  }

  private static Path writtenOut(BpfProgram program) throws IOException {
    Path file = Files.createTempFile("nightjar-", ".bt");
    try (InputStream in =
        Objects.requireNonNull(
            BpfTracer.class.getResourceAsStream(program.resource()), program.resource())) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static Skip skip(BpfProgram program, String reason) {
    return new Skip("telemetry", "bpf program " + program.word(), reason);
  }

  private void readOn() {
    String last = "";
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        BpfLine parsed = BpfLine.parse(line);
        if (parsed instanceof BpfLine.Other) {
          last = line.isBlank() || line.startsWith("{") ? last : line;
        } else if (!lines.offer(parsed)) {
          lines.poll(); // the oldest is worth least
        }
      }
    } catch (IOException e) {
      last = String.valueOf(e.getMessage()); // closed under it: told below unless wanted
    }
    complaint = last;
  }

  @Override
  public void sample(long epochMillis) {
    for (BpfLine line = lines.poll(); line != null; line = lines.poll()) {
      readings.add(line, epochMillis);
    }
    if (!reader.isAlive() && !endWasTold) {
      endWasTold = true;
      skips.accept(skip(program, "bpftrace has ended: " + complaint));
    }
  }

  @Override
  public void close() {
    process.destroy();
    boolean wasInterrupted = false;
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      reader.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      wasInterrupted = true;
    }
    remove(text);
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(@Nullable Path file) {
    if (file != null && !file.toFile().delete() && Files.exists(file)) {
      file.toFile().deleteOnExit();
    }
  }
}
