package dev.nightjar.store.measuring;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A hundred of the kernel's figures, read ten times a second and kept in a file. */
public final class ProcRecording {
  private static final int METRICS = 100;
  private static final long TICK_NANOS = 100_000_000;

  final List<String> names = new ArrayList<>();
  final List<Long> times = new ArrayList<>();
  final List<double[]> rows = new ArrayList<>();

  /** Arguments: file, seconds. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ProcRecording recording = new ProcRecording();
    recording.record(Integer.parseInt(arguments[1]));
    recording.write(Path.of(arguments[0]));
    System.out.println(recording.rows.size() + " ticks of " + recording.names.size() + " metrics");
  }

  private void record(int seconds) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int tick = 0; tick < seconds * 10; tick++) {
      long wait = begin + tick * TICK_NANOS - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
      }
      times.add(System.currentTimeMillis());
      Map<String, Double> figures = figures();
      if (names.isEmpty()) {
        figures.keySet().stream().limit(METRICS).forEach(names::add);
      }
      rows.add(names.stream().mapToDouble(figures::get).toArray());
    }
  }

  private static Map<String, Double> figures() throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
      String[] words = line.split("\\s+");
      boolean isCpu = words[0].startsWith("cpu");
      int last = isCpu ? 9 : 2;
      for (int i = 1; i < last; i++) {
        double ticks = Double.parseDouble(words[i]);
        figures.put("stat." + words[0] + "." + i, isCpu ? ticks / 100 : ticks);
      }
    }
    for (String resource : List.of("cpu", "memory", "io")) {
      for (String line : Files.readAllLines(Path.of("/proc/pressure", resource))) {
        String[] words = line.split("[ =]");
        figures.put(resource + words[0] + "total", Double.parseDouble(words[8]) / 1e6);
        figures.put(resource + words[0] + "avg10", Double.parseDouble(words[2]) / 100);
      }
    }
    String[] loads = Files.readString(Path.of("/proc/loadavg")).split(" ");
    for (int i = 0; i < 3; i++) {
      figures.put("load." + i, Double.parseDouble(loads[i]));
    }
    for (String line : Files.readAllLines(Path.of("/proc/meminfo")).subList(0, 24)) {
      String[] words = line.split("[: ]+");
      figures.put("memory." + words[0], Double.parseDouble(words[1]) * 1024);
    }
    for (String line : Files.readAllLines(Path.of("/proc/vmstat"))) {
      String[] words = line.split(" ");
      if (words[0].startsWith("pg") || words[0].startsWith("psw")) {
        figures.put("vm." + words[0], Double.parseDouble(words[1]));
      }
    }
    return figures;
  }

  private void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(names.size());
      for (String name : names) {
        out.writeUTF(name);
      }
      out.writeInt(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        out.writeLong(times.get(i));
        for (double value : rows.get(i)) {
          out.writeDouble(value);
        }
      }
    }
  }

  static ProcRecording read(Path file) throws IOException {
    ProcRecording recording = new ProcRecording();
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      int metrics = in.readInt();
      for (int i = 0; i < metrics; i++) {
        recording.names.add(in.readUTF());
      }
      int ticks = in.readInt();
      for (int i = 0; i < ticks; i++) {
        recording.times.add(in.readLong());
        double[] row = new double[metrics];
        for (int m = 0; m < metrics; m++) {
          row[m] = in.readDouble();
        }
        recording.rows.add(row);
      }
    }
    return recording;
  }

  /**
   * Ticks of the recording as it goes on for ever: each repetition begins where the one before
   * ended, in time and, for counters, in value.
   */
  List<TelemetryBatch> batches(long from, long to) {
    List<TelemetryBatch> batches = new ArrayList<>();
    for (int metric = 0; metric < names.size(); metric++) {
      long[] at = new long[(int) (to - from)];
      double[] values = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        at[i] = time(from + i);
        values[i] = value(metric, from + i);
      }
      batches.add(new TelemetryBatch(new TelemetryMetric(names.get(metric), "", "1"), at, values));
    }
    return batches;
  }

  private long time(long tick) {
    long length = times.getLast() - times.getFirst() + 100;
    return times.get((int) (tick % rows.size())) + tick / rows.size() * length;
  }

  private double value(int metric, long tick) {
    double value = rows.get((int) (tick % rows.size()))[metric];
    double growth = rows.getLast()[metric] - rows.getFirst()[metric];
    boolean isCounter = isCounter(names.get(metric));
    if (!isCounter || tick < rows.size()) {
      return value;
    }
    // Rounded to the unit in which the kernel counts, as a sum of binary fractions would not be
    // one.
    double unit = names.get(metric).startsWith("stat.cpu") ? 100 : 1e6;
    long repetition = tick / rows.size();
    double sum = value + repetition * growth;
    return Math.rint(sum * unit) / unit;
  }

  private static boolean isCounter(String name) {
    return name.startsWith("stat.c") || name.endsWith("total") || name.startsWith("vm.");
  }
}
