package dev.nightjar.kernel.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.kernel.modules.abi.GpuAbi;
import dev.nightjar.kernel.modules.abi.MemoryAbi;
import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import dev.nightjar.kernel.modules.abi.StructType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java says of the modules' structs and calls is what a C compiler says of the headers. */
class HeaderLayoutTest {
  private static final Path HEADERS = Path.of("modules/include/uapi").toAbsolutePath();

  private static final List<StructType> TYPES =
      List.of(
          MemoryAbi.VERSION,
          MemoryAbi.ALLOC,
          MemoryAbi.FREE,
          MemoryAbi.STATS,
          SchedulerAbi.VERSION,
          SchedulerAbi.REQUEST,
          SchedulerAbi.BOOST,
          SchedulerAbi.LEASE,
          SchedulerAbi.QUERY,
          SchedulerAbi.REPORT,
          SchedulerAbi.STATS,
          GpuAbi.VERSION,
          GpuAbi.DEVICE,
          GpuAbi.LIST,
          GpuAbi.CLAIM,
          GpuAbi.REQUEST,
          GpuAbi.SUBMIT,
          GpuAbi.COMPLETION,
          GpuAbi.WAIT,
          GpuAbi.CANCEL);

  private static Map<String, Long> inC = Map.of();

  @BeforeAll
  static void askTheCompiler(@TempDir Path folder) throws Exception {
    boolean compiles = output(folder, "cc", "--version") != null;
    if (!compiles) {
      System.out.println("HeaderLayoutTest is skipped: there is no C compiler 'cc' on the PATH");
    }
    assumeTrue(compiles, "there is no C compiler 'cc' on the PATH");
    Path source = folder.resolve("layouts.c");
    Files.writeString(source, program());
    String said =
        output(
            folder,
            "cc",
            "-Wall",
            "-Werror",
            "-I",
            HEADERS.toString(),
            "-o",
            "layouts",
            "layouts.c");
    assertEquals("", said);
    inC = new LinkedHashMap<>();
    String printed = output(folder, folder.resolve("layouts").toString());
    for (String line : String.valueOf(printed).lines().toList()) {
      String[] pair = line.split("=", 2);
      inC.put(pair[0], Long.parseLong(pair[1]));
    }
  }

  private static String program() {
    List<String> lines = new ArrayList<>();
    for (String header : List.of("ai_mem.h", "ai_scheduler.h", "ai_gpu.h")) {
      lines.add("#include <" + header + ">");
    }
    lines.add("#include <stddef.h>");
    lines.add("#include <stdio.h>");
    lines.add("#define SAY(NAME, VALUE) printf(\"%s=%lld\\n\", NAME, (long long)(VALUE))");
    lines.add("int main(void) {");
    for (StructType type : TYPES) {
      String struct = "struct " + type.name();
      lines.add("  SAY(\"%s\", sizeof(%s));".formatted(type.name(), struct));
      for (String field : type.fields().keySet()) {
        String name = type.name() + "." + field;
        lines.add("  SAY(\"%s\", offsetof(%s, %s));".formatted(name, struct, field));
        lines.add("  SAY(\"%s#\", sizeof(((%s *)0)->%s));".formatted(name, struct, field));
      }
    }
    expected().keySet().forEach(name -> lines.add("  SAY(\"%s\", %s);".formatted(name, name)));
    lines.add("  return 0;");
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  /** Constants by the header's names. */
  private static Map<String, Long> expected() {
    Map<String, Long> constants = new LinkedHashMap<>();
    constants.put("AI_MEM_ABI_MAJOR", (long) KernelModule.ABI_MAJOR);
    constants.put("AI_SCHED_ABI_MAJOR", (long) KernelModule.ABI_MAJOR);
    constants.put("AI_GPU_ABI_MAJOR", (long) KernelModule.ABI_MAJOR);
    constants.put("AI_MEM_BATCH_MAX", (long) MemoryAbi.BATCH_MAX);
    constants.put("AI_MEM_ALLOC_ZEROED", (long) MemoryAbi.ALLOC_ZEROED);
    constants.put("AI_MEM_ALLOC_RUN", (long) MemoryAbi.ALLOC_RUN);
    constants.put("AI_MEM_ALLOC_NODE_ONLY", (long) MemoryAbi.ALLOC_NODE_ONLY);
    constants.put("AI_MEM_VERSION", call(KernelModule.AI_MEM, 0));
    constants.put("AI_MEM_ALLOC", call(KernelModule.AI_MEM, MemoryAbi.CALL_ALLOC));
    constants.put("AI_MEM_FREE", call(KernelModule.AI_MEM, MemoryAbi.CALL_FREE));
    constants.put("AI_MEM_STATS", call(KernelModule.AI_MEM, MemoryAbi.CALL_STATS));
    constants.put("AI_SCHED_BUCKETS", (long) SchedulerAbi.BUCKETS);
    constants.put("AI_SCHED_UNKNOWN", SchedulerAbi.UNKNOWN);
    constants.put("AI_SCHED_FEATURE_FIFO", SchedulerAbi.FEATURE_FIFO);
    constants.put("AI_SCHED_FEATURE_PIDFD", SchedulerAbi.FEATURE_PIDFD);
    constants.put("AI_SCHED_TASK_TID", (long) SchedulerAbi.TASK_TID);
    constants.put("AI_SCHED_TASK_PIDFD", (long) SchedulerAbi.TASK_PIDFD);
    constants.put("AI_SCHED_POLICY_FIFO", (long) SchedulerAbi.POLICY_FIFO);
    constants.put("AI_SCHED_ROLE_FEEDS", (long) SchedulerAbi.ROLE_FEEDS);
    constants.put("AI_SCHED_ROLE_WAITS", (long) SchedulerAbi.ROLE_WAITS);
    constants.put("AI_SCHED_NEAR_DEVICE", (long) SchedulerAbi.NEAR_DEVICE);
    constants.put("AI_SCHED_CHILDREN", (long) SchedulerAbi.CHILDREN);
    constants.put("AI_SCHED_STATE_SHIFTED", (long) SchedulerAbi.STATE_SHIFTED);
    constants.put("AI_SCHED_VERSION", call(KernelModule.AI_SCHEDULER, 0));
    constants.put("AI_SCHED_BOOST", call(KernelModule.AI_SCHEDULER, SchedulerAbi.CALL_BOOST));
    constants.put("AI_SCHED_DROP", call(KernelModule.AI_SCHEDULER, SchedulerAbi.CALL_DROP));
    constants.put("AI_SCHED_RENEW", call(KernelModule.AI_SCHEDULER, SchedulerAbi.CALL_RENEW));
    constants.put("AI_SCHED_QUERY", call(KernelModule.AI_SCHEDULER, SchedulerAbi.CALL_QUERY));
    constants.put("AI_SCHED_REPORT", call(KernelModule.AI_SCHEDULER, SchedulerAbi.CALL_REPORT));
    constants.put("AI_SCHED_STATS", call(KernelModule.AI_SCHEDULER, SchedulerAbi.CALL_STATS));
    constants.put("AI_SCHED_DEVICE(1, 0x20, 3, 1)", device(new PciAddress(1, 0x20, 3, 1)));
    constants.put("AI_GPU_NULL_DEVICE(2U)", device(PciAddress.nullDevice(2)));
    constants.put("AI_GPU_BATCH_MAX", (long) GpuAbi.BATCH_MAX);
    constants.put("AI_GPU_BACKEND_NULL", (long) GpuAbi.BACKEND_NULL);
    constants.put("AI_GPU_STATE_READY", (long) GpuAbi.STATE_READY);
    constants.put("AI_GPU_COPY_IN", (long) GpuAbi.COPY_IN);
    constants.put("AI_GPU_COPY_OUT", (long) GpuAbi.COPY_OUT);
    constants.put("AI_GPU_LAUNCH", (long) GpuAbi.LAUNCH);
    constants.put("AI_GPU_AFTER", (long) GpuAbi.AFTER);
    constants.put("AI_GPU_KERNEL_FACTORIAL", (long) GpuAbi.KERNEL_FACTORIAL);
    constants.put("AI_GPU_VERSION", call(KernelModule.AI_GPU, 0));
    constants.put("AI_GPU_LIST", call(KernelModule.AI_GPU, GpuAbi.CALL_LIST));
    constants.put("AI_GPU_CLAIM", call(KernelModule.AI_GPU, GpuAbi.CALL_CLAIM));
    constants.put("AI_GPU_SUBMIT", call(KernelModule.AI_GPU, GpuAbi.CALL_SUBMIT));
    constants.put("AI_GPU_WAIT", call(KernelModule.AI_GPU, GpuAbi.CALL_WAIT));
    constants.put("AI_GPU_CANCEL", call(KernelModule.AI_GPU, GpuAbi.CALL_CANCEL));
    return constants;
  }

  private static long call(KernelModule module, int call) {
    return Integer.toUnsignedLong(module.callNumber(call));
  }

  private static long device(PciAddress address) {
    return Integer.toUnsignedLong(address.number());
  }

  @Test
  void structsLieAsInC() {
    for (StructType type : TYPES) {
      assertEquals(inC.get(type.name()), type.bytes(), "size of " + type.name());
      type.fields()
          .forEach((name, field) -> {
            String full = type.name() + "." + name;
            assertEquals(inC.get(full), field.offset(), "offset of " + full);
            assertEquals(inC.get(full + "#"), field.bytes(), "size of " + full);
          });
    }
    assertTrue(inC.size() > 200, "the program printed " + inC.size() + " figures only");
  }

  @Test
  void constantsAndCallNumbersAreThoseOfTheHeaders() {
    expected().forEach((name, value) -> assertEquals(inC.get(name), value, name));
  }

  /** What a program prints; null if it cannot be started. */
  private static @org.jspecify.annotations.Nullable String output(Path folder, String... command)
      throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      return said;
    } catch (IOException e) {
      return null; // not installed
    }
  }
}
