package dev.nightjar.kernel.bpf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The programs of {@code kernel/bpf}, by the words that the settings use. */
public enum BpfProgram {
  RUNQUEUE_LATENCY("runqueue_latency_us", Form.MICROS),
  OFF_CPU("off_cpu_us", Form.MICROS),
  PAGE_FAULT_LATENCY("page_fault_latency_us", Form.MICROS),
  BLOCK_IO_LATENCY("block_io_latency_us", Form.MICROS),
  INFERENCE_LATENCY("inference_latency_us", Form.MICROS),
  GPU_UTILISATION("gpu_busy_ns", Form.GROWING_NANOS),
  CUDA_UTILISATION("cuda_wait_ns", Form.GROWING_NANOS);

  /** What a program prints each second. */
  enum Form {
    /** A histogram of durations. */
    MICROS,
    /** A time that grows: how much of the second it grew by. */
    GROWING_NANOS
  }

  private final String map;
  private final Form form;

  BpfProgram(String map, Form form) {
    this.map = "@" + map;
    this.form = form;
  }

  /** Its name in the settings, which is its file's without the suffix. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The program of that name. */
  public static Optional<BpfProgram> of(String word) {
    return Arrays.stream(values()).filter(program -> program.word().equals(word)).findFirst();
  }

  /** The names of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(BpfProgram::word).toList();
  }

  /** The map that it prints. */
  String map() {
    return map;
  }

  Form form() {
    return form;
  }

  /** Whether it looks into a library, which it is told. */
  boolean needsLibrary() {
    return this == INFERENCE_LATENCY || this == CUDA_UTILISATION;
  }

  /** Where its text is on the class path. */
  String resource() {
    return word() + ".bt";
  }
}
