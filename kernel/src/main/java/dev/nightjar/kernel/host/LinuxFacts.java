package dev.nightjar.kernel.host;

import dev.nightjar.kernel.HostFacts;
import dev.nightjar.kernel.proc.Cgroup;
import dev.nightjar.kernel.proc.KernelRoot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Reads the facts of a Linux host from {@code /proc} and {@code /sys}. */
final class LinuxFacts {
  private static final long KIB_PER_GIB = 1L << 20;
  private static final int MOST_GPUS = 64;

  private final KernelRoot root;
  private final SortedMap<String, String> facts;

  LinuxFacts(KernelRoot root, SortedMap<String, String> facts) {
    this.root = root;
    this.facts = facts;
  }

  void read() {
    system();
    cpu();
    topology();
    memory();
    put("nightjar.virtualization", virtualization());
    limits();
    put("nightjar.gpus", String.join("; ", gpus()));
  }

  private void put(String name, String value) {
    if (!value.isBlank()) {
      facts.put(name, value.strip());
    }
  }

  private void putFile(String name, String file) {
    put(name, root.text(file).orElse(""));
  }

  private void system() {
    String release = root.text("/proc/sys/kernel/osrelease").orElse("");
    put("nightjar.kernel.release", release);
    put("nightjar.kernel.series", HostFacts.series(release));
    for (String line : root.lines("/etc/os-release")) {
      if (line.startsWith("PRETTY_NAME=")) {
        put("os.description", line.substring("PRETTY_NAME=".length()).replace("\"", ""));
      }
    }
  }

  /** The first CPU's paragraph; on ARM, which names no model, its implementer and part. */
  private void cpu() {
    Map<String, String> first = new LinkedHashMap<>();
    for (String line : root.lines("/proc/cpuinfo")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        first.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    put("host.cpu.vendor.id", firstOf(first, "vendor_id", "CPU implementer"));
    put("host.cpu.family", firstOf(first, "cpu family", "CPU architecture"));
    put("host.cpu.model.id", firstOf(first, "model", "CPU part"));
    put("host.cpu.model.name", firstOf(first, "model name", "uarch"));
    put("host.cpu.stepping", firstOf(first, "stepping", "CPU revision"));
    put("nightjar.cpu.microcode", firstOf(first, "microcode"));
    putFile("nightjar.cpu.governor", "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    putFile("nightjar.cpu.max_khz", "/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
    put("nightjar.cpu.turbo", turbo());
    List<String> mitigations = new ArrayList<>();
    for (String name : root.names("/sys/devices/system/cpu/vulnerabilities", "*")) {
      root.text("/sys/devices/system/cpu/vulnerabilities/" + name)
          .ifPresent(text -> mitigations.add(name + "=" + text));
    }
    put("nightjar.cpu.mitigations", String.join("; ", mitigations));
  }

  private static String firstOf(Map<String, String> values, String... names) {
    for (String name : names) {
      String value = values.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }

  private String turbo() {
    String noTurbo = root.text("/sys/devices/system/cpu/intel_pstate/no_turbo").orElse("");
    if (!noTurbo.isEmpty()) {
      return noTurbo.equals("0") ? "on" : "off";
    }
    String boost = root.text("/sys/devices/system/cpu/cpufreq/boost").orElse("");
    return boost.isEmpty() ? "" : boost.equals("0") ? "off" : "on";
  }

  private void topology() {
    List<String> cpus = new ArrayList<>(root.names("/sys/devices/system/cpu", "cpu[0-9]*"));
    int logical = countOfList(root.text("/sys/devices/system/cpu/online").orElse(""));
    Set<String> cores = new HashSet<>();
    Set<String> sockets = new HashSet<>();
    for (String cpu : cpus) {
      String folder = "/sys/devices/system/cpu/" + cpu + "/topology/";
      root.text(folder + "core_cpus_list").ifPresent(cores::add);
      root.text(folder + "physical_package_id").ifPresent(sockets::add);
    }
    put("system.cpu.logical.count", count(logical));
    put("system.cpu.physical.count", count(cores.size()));
    put("nightjar.cpu.sockets", count(sockets.size()));
    putFile("nightjar.cpu.smt", "/sys/devices/system/cpu/smt/control");
    put(
        "nightjar.memory.numa_nodes",
        count(root.names("/sys/devices/system/node", "node[0-9]*").size()));
  }

  private static String count(int number) {
    return number == 0 ? "" : String.valueOf(number);
  }

  /** How many numbers a list such as {@code 0-3,8} names; 0 if it is none. */
  static int countOfList(String list) {
    int count = 0;
    for (String range : list.strip().split(",")) {
      String[] ends = range.split("-", 2);
      try {
        int first = Integer.parseInt(ends[0]);
        int last = ends.length == 2 ? Integer.parseInt(ends[1]) : first;
        if (last < first) {
          return 0;
        }
        count += last - first + 1;
      } catch (NumberFormatException e) {
        return 0;
      }
    }
    return count;
  }

  private void memory() {
    for (String line : root.lines("/proc/meminfo")) {
      if (line.startsWith("MemTotal:")) {
        put("nightjar.memory.total", roundedMemory(line.replaceAll("[^0-9]", "")));
      }
    }
    String pages = root.text("/sys/kernel/mm/transparent_hugepage/enabled").orElse("");
    int open = pages.indexOf('[');
    int close = pages.indexOf(']');
    put(
        "nightjar.memory.huge_pages",
        open >= 0 && close > open ? pages.substring(open + 1, close) : "");
  }

  /** To the gibibyte, or to a sixteenth of one below four: what the kernel reserves varies. */
  static String roundedMemory(String kibText) {
    if (kibText.isEmpty() || kibText.length() > 15) {
      return "";
    }
    long kib = Long.parseLong(kibText);
    long step = kib >= 4 * KIB_PER_GIB ? KIB_PER_GIB : KIB_PER_GIB / 16;
    long rounded = Math.max(1, Math.round((double) kib / step)) * step;
    return step == KIB_PER_GIB
        ? rounded / KIB_PER_GIB + " GiB"
        : rounded / (KIB_PER_GIB / 1024) + " MiB";
  }

  /** The hypervisor as it names itself, then the kind of container, or {@code none}. */
  private String virtualization() {
    List<String> layers = new ArrayList<>();
    boolean guest =
        root.lines("/proc/cpuinfo").stream()
            .anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" hypervisor "));
    String type = root.text("/sys/hypervisor/type").orElse("");
    String vendor = root.text("/sys/class/dmi/id/sys_vendor").orElse("");
    String product = root.text("/sys/class/dmi/id/product_name").orElse("");
    if (!type.isEmpty()) {
      layers.add(type);
    } else if (guest) {
      String named = (vendor + " " + product).strip();
      layers.add(named.isEmpty() ? "virtual machine" : named);
    }
    if (root.exists("/.dockerenv")) {
      layers.add("docker");
    } else if (root.exists("/run/.containerenv")) {
      layers.add("podman");
    }
    return layers.isEmpty() ? "none" : String.join(" / ", layers);
  }

  private void limits() {
    for (String line : root.lines("/proc/self/status")) {
      if (line.startsWith("Cpus_allowed_list:")) {
        put("nightjar.cpu.allowed", count(countOfList(line.substring(line.indexOf(':') + 1))));
      }
    }
    put("nightjar.cgroup.cpu.quota", cpuQuota());
    put("nightjar.cgroup.memory.limit", memoryLimit());
  }

  /** CPUs' worth of time the group may use, such as {@code 1.50}; absent without a quota. */
  private String cpuQuota() {
    for (Path folder : Cgroup.folders(root, "cpu")) {
      String[] both = KernelRoot.text(folder.resolve("cpu.max")).orElse("").split(" ");
      if (both.length == 2) {
        return quotient(both[0], both[1]);
      }
      String quota = KernelRoot.text(folder.resolve("cpu.cfs_quota_us")).orElse("");
      String period = KernelRoot.text(folder.resolve("cpu.cfs_period_us")).orElse("");
      if (!quota.isEmpty() && !period.isEmpty()) {
        return quotient(quota, period);
      }
    }
    return "";
  }

  private static String quotient(String quota, String period) {
    if (!quota.matches("[0-9]{1,15}") || !period.matches("[1-9][0-9]{0,14}")) {
      return ""; // "max" or −1: no quota
    }
    double cpus = (double) Long.parseLong(quota) / Long.parseLong(period);
    return String.format(Locale.ROOT, "%.2f", cpus);
  }

  private String memoryLimit() {
    for (Path folder : Cgroup.folders(root, "memory")) {
      for (String name : List.of("memory.max", "memory.limit_in_bytes")) {
        String limit = KernelRoot.text(folder.resolve(name)).orElse("");
        // Version 1 shows "no limit" as nearly 2^63.
        if (limit.matches("[0-9]{1,18}") && Long.parseLong(limit) < 1L << 50) {
          return roundedMemory(String.valueOf(Long.parseLong(limit) / 1024));
        }
      }
    }
    return "";
  }

  /** Each GPU's model with its driver, as far as the drivers tell everybody. */
  private List<String> gpus() {
    List<String> gpus = new ArrayList<>();
    String nvidia = root.lines("/proc/driver/nvidia/version").stream().findFirst().orElse("");
    String version = nvidia.replaceFirst(".*?([0-9]+\\.[0-9]+(\\.[0-9]+)?).*", "$1");
    for (String device : root.names("/proc/driver/nvidia/gpus", "*")) {
      for (String line : root.lines("/proc/driver/nvidia/gpus/" + device + "/information")) {
        if (line.startsWith("Model:") && gpus.size() < MOST_GPUS) {
          gpus.add(line.substring("Model:".length()).strip() + ", driver " + version);
        }
      }
    }
    for (String card : root.names("/sys/class/drm", "renderD*")) {
      String device = "/sys/class/drm/" + card + "/device/";
      String vendor = root.text(device + "vendor").orElse("");
      if (!vendor.equals("0x10de") && !vendor.isEmpty() && gpus.size() < MOST_GPUS) {
        gpus.add(vendor + ":" + root.text(device + "device").orElse("unknown"));
      }
    }
    return gpus;
  }
}
