package dev.nightjar.kernel.host;

import dev.nightjar.kernel.proc.Cgroup;
import dev.nightjar.kernel.proc.KernelRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much memory a new process can take without making the host reclaim what others use: the
 * kernel's {@code MemAvailable}, or what the limits of this process's control groups leave, their
 * inactive file pages counted as free, whichever is less.
 */
final class AvailableMemory {
  private final KernelRoot root;

  AvailableMemory(KernelRoot root) {
    this.root = root;
  }

  /** Bytes; empty where the system does not tell. */
  OptionalLong read() {
    OptionalLong least = ofHost();
    for (Path folder : Cgroup.folders(root, "memory")) {
      for (Path group = folder; hasLimit(group); group = group.resolve("..").normalize()) {
        least = lesser(least, headroom(group));
      }
    }
    return least;
  }

  private OptionalLong ofHost() {
    OptionalLong kibibytes = keyed(root.lines("/proc/meminfo"), "MemAvailable");
    return kibibytes.isPresent() ? OptionalLong.of(kibibytes.getAsLong() * 1024) : kibibytes;
  }

  private static boolean hasLimit(Path group) {
    return text(group, "memory.max", "memory.limit_in_bytes") != null;
  }

  private static OptionalLong headroom(Path group) {
    OptionalLong limit = number(text(group, "memory.max", "memory.limit_in_bytes"));
    OptionalLong used = number(text(group, "memory.current", "memory.usage_in_bytes"));
    if (limit.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    List<String> counts =
        KernelRoot.text(group.resolve("memory.stat")).stream().flatMap(String::lines).toList();
    long reclaimable =
        keyed(counts, "total_inactive_file").orElse(keyed(counts, "inactive_file").orElse(0));
    return OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong() + reclaimable));
  }

  private static OptionalLong lesser(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return a.getAsLong() <= b.getAsLong() ? a : b;
  }

  /** The first of the files that can be read. */
  private static @Nullable String text(Path group, String... names) {
    for (String name : names) {
      String text = KernelRoot.text(group.resolve(name)).orElse(null);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static OptionalLong keyed(List<String> lines, String key) {
    for (String line : lines) {
      String[] words = line.split("[: ]+");
      if (words.length >= 2 && words[0].equals(key)) {
        return number(words[1]);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong number(@Nullable String text) {
    // Version 2 shows no limit as "max", version 1 as nearly 2^63, which has 19 digits.
    return text != null && text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
