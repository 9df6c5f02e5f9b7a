package dev.nightjar.kernel;

import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.model.Host;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What machine this is, as far as it decides whether measurements may be compared.
 *
 * <p><b>Part of the machine key</b>, because results differ when one of them does: architecture,
 * operating system and kernel series (major.minor); CPU vendor, family, model, model name and
 * stepping; the number of logical CPUs, of cores and of sockets, SMT, turbo, frequency governor;
 * memory (rounded, as a kernel update moves its total by some megabytes), NUMA nodes, transparent
 * huge pages; virtualisation; the control group's CPU quota and memory limit and how many CPUs this
 * process may use; every GPU's model with its driver.
 *
 * <p><b>Kept and no part of it</b>: the kernel's full release, microcode, the distribution,
 * mitigations, nominal frequency, the JVM. They change with routine updates; a change that matters
 * shows as a change point, with the fact beside it.
 *
 * <p>A fact that cannot be read is absent. Nothing is read that changes between two boots of the
 * same machine or that only root may see.
 */
public final class HostFacts {
  /** Names of the facts that the machine key is made of. */
  public static final Set<String> COMPARABLE =
      Collections.unmodifiableSet(
          new TreeSet<>(
              List.of(
                  "host.arch",
                  "os.type",
                  "nightjar.kernel.series",
                  "host.cpu.vendor.id",
                  "host.cpu.family",
                  "host.cpu.model.id",
                  "host.cpu.model.name",
                  "host.cpu.stepping",
                  "system.cpu.logical.count",
                  "system.cpu.physical.count",
                  "nightjar.cpu.sockets",
                  "nightjar.cpu.smt",
                  "nightjar.cpu.turbo",
                  "nightjar.cpu.governor",
                  "nightjar.cpu.allowed",
                  "nightjar.memory.total",
                  "nightjar.memory.numa_nodes",
                  "nightjar.memory.huge_pages",
                  "nightjar.virtualization",
                  "nightjar.cgroup.cpu.quota",
                  "nightjar.cgroup.memory.limit",
                  "nightjar.gpus")));

  private static final int KEY_BYTES = 16;

  private HostFacts() {}

  /** What the JDK tells of any system, for a platform to add to. */
  public static SortedMap<String, String> ofTheJdk() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("host.arch", System.getProperty("os.arch", ""));
    facts.put("os.type", osType());
    facts.put("process.runtime.version", Runtime.version().toString());
    return facts;
  }

  /** The kind of the machine with these facts; one that is empty is absent. */
  public static Host host(Map<String, String> facts) {
    SortedMap<String, String> known = new TreeMap<>(facts);
    known.values().removeIf(String::isEmpty);
    return new Host(machineKey(known), hostName(), Collections.unmodifiableSortedMap(known));
  }

  /**
   * What makes two machines incomparable, in words for people: {@code host.cpu.model.name: "A"
   * there, "B" here}. Empty when their results may be compared.
   */
  public static List<String> differences(Host there, Host here) {
    List<String> different = new ArrayList<>();
    for (String name : COMPARABLE) {
      String before = there.facts().get(name);
      String now = here.facts().get(name);
      if (!Objects.equals(before, now)) {
        different.add(name + ": " + shown(before) + " there, " + shown(now) + " here");
      }
    }
    return different;
  }

  private static String shown(@Nullable String value) {
    return value == null ? "unknown" : '"' + value + '"';
  }

  /** A digest of the comparable facts among those given. */
  public static String machineKey(Map<String, String> facts) {
    StringBuilder text = new StringBuilder("nightjar machine key 1\n");
    for (String name : COMPARABLE) {
      String value = facts.get(name);
      if (value != null) {
        text.append(name).append('=').append(value.replace('\n', ' ')).append('\n');
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** OpenTelemetry's words. */
  private static String osType() {
    String name = System.getProperty("os.name", "");
    if (name.startsWith("Windows")) {
      return "windows";
    }
    return name.startsWith("Mac") ? "darwin" : name.toLowerCase(Locale.ROOT);
  }

  /** The first two numbers of a release, such as 6.18 of {@code 6.18.44-generic}. */
  public static String series(String release) {
    String[] parts = release.split("[.-]", 3);
    return parts.length < 2 ? release : parts[0] + "." + parts[1];
  }

  /** The machine's name, or the container's; only for people, as nothing makes it unique. */
  public static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine that cannot resolve itself, as containers often, has a name all the same.
      return KernelRoot.ofThisHost()
          .text("/proc/sys/kernel/hostname")
          .filter(name -> !name.isBlank())
          .orElse("unknown");
    }
  }
}
