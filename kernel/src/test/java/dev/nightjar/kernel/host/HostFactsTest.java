package dev.nightjar.kernel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.Captures;
import dev.nightjar.kernel.HostFacts;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.model.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {
  @TempDir Path root;

  @Test
  void theKeyIsTheSameEachTime() {
    Host first = new LinuxPlatform().host();
    Host second = new LinuxPlatform().host();
    assertEquals(first.machineKey(), second.machineKey());
    assertEquals(32, first.machineKey().length());
    assertEquals(List.of(), HostFacts.differences(first, second));
  }

  @Test
  void readsTheFactsOfACapturedHost() throws IOException {
    write("proc/sys/kernel/osrelease", "6.18.44-generic\n");
    Files.createDirectories(root.resolve("proc"));
    Files.write(root.resolve("proc/cpuinfo"), Captures.bytes("proc_cpuinfo__6.18__busy.txt"));
    Files.write(root.resolve("proc/meminfo"), Captures.bytes("proc_meminfo__6.18__busy.txt"));
    write("sys/devices/system/cpu/online", "0-1\n");
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    write("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
    write("sys/devices/system/cpu/smt/control", "on\n");
    write("sys/devices/system/cpu/cpu0/topology/core_cpus_list", "0-1\n");
    write("sys/devices/system/cpu/cpu1/topology/core_cpus_list", "0-1\n");
    write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-1\n");
    write("proc/self/cgroup", "0::/a\n");
    write("proc/self/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
    write("sys/fs/cgroup/a/memory.max", "max\n");
    write(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build\n");
    write("proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA H100 PCIe\n");
    SortedMap<String, String> facts = facts();
    assertEquals("6.18", facts.get("nightjar.kernel.series"));
    assertEquals("AuthenticAMD", facts.get("host.cpu.vendor.id"));
    assertEquals("AMD EPYC", facts.get("host.cpu.model.name"));
    assertEquals("2", facts.get("system.cpu.logical.count"));
    assertEquals("24 GiB", facts.get("nightjar.memory.total"));
    assertEquals("powersave", facts.get("nightjar.cpu.governor"));
    assertEquals("off", facts.get("nightjar.cpu.turbo"));
    assertEquals("on", facts.get("nightjar.cpu.smt"));
    assertEquals("1", facts.get("system.cpu.physical.count"));
    assertEquals("2", facts.get("nightjar.cpu.allowed"));
    assertEquals("1.50", facts.get("nightjar.cgroup.cpu.quota"));
    assertNull(facts.get("nightjar.cgroup.memory.limit"));
    assertEquals("virtual machine", facts.get("nightjar.virtualization"));
    assertEquals("NVIDIA H100 PCIe, driver 570.86.15", facts.get("nightjar.gpus"));
  }

  /** Each moves the machine key: a run under another one is of another machine. */
  @Test
  void aContainersLimitsAreFacts() throws IOException {
    write("proc/self/status", "Cpus_allowed_list:\t0\n");
    write("proc/self/cgroup", "0::/a\n");
    write("proc/self/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write("sys/fs/cgroup/a/cpu.max", "max 100000\n");
    write("sys/fs/cgroup/a/memory.max", "2147483648\n");
    SortedMap<String, String> facts = facts();
    assertNull(facts.get("nightjar.cgroup.cpu.quota"));
    assertEquals("2048 MiB", facts.get("nightjar.cgroup.memory.limit"));
    assertEquals("1", facts.get("nightjar.cpu.allowed"));
    for (String name : List.of("nightjar.cgroup.memory.limit", "nightjar.cpu.allowed")) {
      SortedMap<String, String> without = new TreeMap<>(facts);
      without.remove(name);
      assertNotEquals(HostFacts.machineKey(facts), HostFacts.machineKey(without), name);
    }
  }

  private SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    new LinuxFacts(new KernelRoot(root), facts).read();
    return facts;
  }

  @Test
  void anEmptyRootHasOnlyWhatIsKnownWithoutFiles() {
    assertEquals(Map.of("nightjar.virtualization", "none"), facts());
  }

  @Test
  void onlyComparableFactsMoveTheKey() {
    Map<String, String> facts = Map.of("host.cpu.model.name", "A", "nightjar.cpu.microcode", "1");
    Map<String, String> update = Map.of("host.cpu.model.name", "A", "nightjar.cpu.microcode", "2");
    Map<String, String> other = Map.of("host.cpu.model.name", "B", "nightjar.cpu.microcode", "1");
    assertEquals(HostFacts.machineKey(facts), HostFacts.machineKey(update));
    assertNotEquals(HostFacts.machineKey(facts), HostFacts.machineKey(other));
  }

  @Test
  void namesWhatDiffers() {
    Host there = new Host("1", "x", new TreeMap<>(Map.of("host.cpu.model.name", "A")));
    Host here =
        new Host(
            "2",
            "y",
            new TreeMap<>(
                Map.of("host.cpu.model.name", "B", "nightjar.cpu.governor", "performance")));
    assertEquals(
        List.of(
            "host.cpu.model.name: \"A\" there, \"B\" here",
            "nightjar.cpu.governor: unknown there, \"performance\" here"),
        HostFacts.differences(there, here));
  }

  @Test
  void countsCpuLists() {
    assertEquals(5, LinuxFacts.countOfList("0-3,8"));
    assertEquals(0, LinuxFacts.countOfList(""));
    assertEquals(0, LinuxFacts.countOfList("3-1"));
    assertEquals(0, LinuxFacts.countOfList("0-x"));
  }

  @Test
  void roundsMemoryOverWhatTheKernelReserves() {
    assertEquals("24 GiB", LinuxFacts.roundedMemory("24683656"));
    assertEquals(LinuxFacts.roundedMemory("24683656"), LinuxFacts.roundedMemory("24671000"));
    assertEquals("1024 MiB", LinuxFacts.roundedMemory("1030000"));
    assertEquals("", LinuxFacts.roundedMemory(""));
    assertTrue(LinuxFacts.roundedMemory("99999999999999999999").isEmpty());
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
