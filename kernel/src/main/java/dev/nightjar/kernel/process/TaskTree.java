package dev.nightjar.kernel.process;

import static dev.nightjar.kernel.proc.KernelText.NONE;

import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.HeldFile;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.proc.KernelText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of processes and of their descendants, with how long they ran and waited for a CPU,
 * from {@code /proc/PID/task/TID/schedstat}. What a task had when it was last seen stays in the
 * totals after its end. A task that lives shorter than the time between two scans may be missed, so
 * the totals are lower bounds; they are exact for a process of one task that is read as a zombie.
 */
final class TaskTree implements AutoCloseable {
  private static final int MOST_TASKS = 512;

  private final KernelRoot root;
  private final Map<Long, Task> tasks = new HashMap<>();
  private final KernelText text = new KernelText();
  private long endedRanNanos;
  private long endedWaitedNanos;
  private long ranNanos;
  private long waitedNanos;

  TaskTree(KernelRoot root) {
    this.root = root;
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Looks for the tasks of the given processes and of their descendants. */
  void scan(Collection<Long> pids) {
    Set<Long> alive = new HashSet<>();
    Deque<Long> processes = new ArrayDeque<>(pids);
    while (!processes.isEmpty() && alive.size() < MOST_TASKS) {
      String folder = "/proc/" + processes.remove() + "/task";
      for (String tid : root.names(folder, "[0-9]*")) {
        long task = Long.parseLong(tid);
        if (alive.size() < MOST_TASKS && alive.add(task)) {
          tasks.computeIfAbsent(task, id -> Task.open(root, folder + "/" + tid));
          addChildren(folder + "/" + tid + "/children", processes);
        }
      }
    }
    dropEnded(alive);
  }

  private void addChildren(String file, Deque<Long> processes) {
    for (String child : root.text(file).orElse("").split(" ")) {
      if (!child.isEmpty()) {
        processes.add(Long.parseLong(child));
      }
    }
  }

  private void dropEnded(Set<Long> alive) {
    for (Iterator<Map.Entry<Long, Task>> all = tasks.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Task> entry = all.next();
      if (!alive.contains(entry.getKey())) {
        endedRanNanos += entry.getValue().ranNanos;
        endedWaitedNanos += entry.getValue().waitedNanos;
        entry.getValue().close();
        all.remove();
      }
    }
  }

  /** Reads the known tasks anew. */
  void read() {
    ranNanos = endedRanNanos;
    waitedNanos = endedWaitedNanos;
    for (Task task : tasks.values()) {
      task.read(text);
      ranNanos += task.ranNanos;
      waitedNanos += task.waitedNanos;
    }
  }

  long ranNanos() {
    return ranNanos;
  }

  long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public void close() {
    tasks.values().forEach(Task::close);
    tasks.clear();
  }

  /** One thread, with what it had when it was last seen. */
  private static final class Task {
    private final HeldFile file;
    private long ranNanos;
    private long waitedNanos;

    private Task(HeldFile file) {
      this.file = file;
    }

    static @Nullable Task open(KernelRoot root, String folder) {
      try {
        return new Task(HeldFile.open(root.path(folder + "/schedstat").toString(), true));
      } catch (CannotOpen e) {
        return null; // it ended between the listing and now
      }
    }

    void read(KernelText text) {
      int length = file.read();
      if (length > 0) {
        text.reset(file.bytes(), length);
        long ranNow = text.number();
        long waitedNow = text.number();
        if (ranNow != NONE && waitedNow != NONE) {
          ranNanos = ranNow;
          waitedNanos = waitedNow;
        }
      }
    }

    void close() {
      file.close();
    }
  }
}
