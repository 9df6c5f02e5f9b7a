package dev.nightjar.kernel.proc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders of the control group this process is in, found through {@code /proc/self/cgroup} and
 * {@code /proc/self/mountinfo}. A host has version 2, version 1, or both at once with a controller
 * in one of them, so the folder that has the wanted file is taken.
 */
public final class Cgroup {
  private Cgroup() {}

  /**
   * The folders in which the files of a controller may lie, version 2 first.
   *
   * @param controller such as {@code cpu}, {@code memory}, {@code cpuset}
   */
  public static List<Path> folders(KernelRoot root, String controller) {
    List<Path> found = new ArrayList<>();
    for (String line : root.lines("/proc/self/cgroup")) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && (parts[1].isEmpty() || names(parts[1], controller))) {
        addMounted(root, parts[1].isEmpty() ? null : controller, parts[2], found);
      }
    }
    // /proc/self/cgroup lists version 2 last.
    return found.reversed();
  }

  /** The first file of that name in these folders that holds the given text. */
  public static @Nullable Path fileWith(
      KernelRoot root, String controller, String name, String content) {
    for (Path folder : folders(root, controller)) {
      Path file = folder.resolve(name);
      if (KernelRoot.text(file).filter(text -> text.contains(content)).isPresent()) {
        return file;
      }
    }
    return null;
  }

  private static boolean names(String list, String controller) {
    return List.of(list.split(",")).contains(controller);
  }

  /** Lines of mountinfo: id parent device root mountpoint options [fields] - type source super. */
  private static void addMounted(
      KernelRoot root, @Nullable String controller, String path, List<Path> found) {
    for (String line : root.lines("/proc/self/mountinfo")) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ");
      String[] right = halves.length == 2 ? halves[1].split(" ") : new String[0];
      if (left.length < 5 || right.length < 3) {
        continue;
      }
      boolean wanted =
          controller == null
              ? right[0].equals("cgroup2")
              : right[0].equals("cgroup") && names(right[2], controller);
      if (wanted) {
        Path folder = root.path(left[4] + "/" + below(left[3], path));
        found.add(Files.isDirectory(folder) ? folder : root.path(left[4]));
      }
    }
  }

  /** In a container the mount shows a part of the hierarchy, whose own path is left out. */
  private static String below(String mountRoot, String path) {
    return path.startsWith(mountRoot) ? path.substring(mountRoot.length()) : path;
  }
}
