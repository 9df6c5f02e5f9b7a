package dev.nightjar.kernel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.proc.KernelRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
  private static final long MIB = 1 << 20;

  @TempDir Path root;

  @Test
  void isTheHostsWithoutControlGroups() throws IOException {
    assertEquals(OptionalLong.empty(), read());
    write("proc/meminfo", "MemTotal:  4096 kB\nMemAvailable:    2048 kB\n");
    assertEquals(OptionalLong.of(2 * MIB), read());
  }

  @Test
  void isWhatTheTightestGroupAboveLeaves() throws IOException {
    write("proc/meminfo", "MemAvailable: 1048576 kB\n");
    write("proc/self/cgroup", "0::/ci.slice/job\n");
    write("proc/self/mountinfo", "30 20 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    group("ci.slice/job", "max", 100 * MIB, 0);
    assertEquals(OptionalLong.of(1024 * MIB), read());
    group("ci.slice", Long.toString(512 * MIB), 200 * MIB, 50 * MIB);
    assertEquals(OptionalLong.of(362 * MIB), read());
    group("ci.slice/job", Long.toString(128 * MIB), 100 * MIB, 1 * MIB);
    assertEquals(OptionalLong.of(29 * MIB), read());
    group("ci.slice/job", Long.toString(64 * MIB), 100 * MIB, 0);
    assertEquals(OptionalLong.of(0), read());
  }

  @Test
  void knowsVersionOne() throws IOException {
    write("proc/meminfo", "MemAvailable: 1048576 kB\n");
    write("proc/self/cgroup", "4:memory:/docker/abc\n");
    write(
        "proc/self/mountinfo",
        "31 20 0:27 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1048576\n");
    assertEquals(OptionalLong.of(1024 * MIB), read());
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "8388608\n");
    write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 524288\n");
    assertEquals(OptionalLong.of(7 * MIB + MIB / 2), read());
  }

  @Test
  void thisHostTells() {
    assertTrue(new LinuxPlatform().availableMemoryBytes().orElse(1) > 0);
  }

  private void group(String name, String limit, long used, long inactive) throws IOException {
    write("sys/fs/cgroup/" + name + "/memory.max", limit + "\n");
    write("sys/fs/cgroup/" + name + "/memory.current", used + "\n");
    write("sys/fs/cgroup/" + name + "/memory.stat", "anon 7\ninactive_file " + inactive + "\n");
  }

  private OptionalLong read() {
    return new AvailableMemory(new KernelRoot(root)).read();
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
