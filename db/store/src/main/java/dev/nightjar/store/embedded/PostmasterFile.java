package dev.nightjar.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says of a server that runs.
 *
 * @param isReady whether it takes connections
 */
record PostmasterFile(long pid, int port, boolean isReady) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** What the file says if its server is alive. */
  static Optional<PostmasterFile> ofLiving(Path dataFolder) throws IOException {
    Optional<PostmasterFile> file = read(dataFolder);
    return file.isPresent() && isServer(file.get().pid, dataFolder) ? file : Optional.empty();
  }

  /** What the file says, whether true or left behind by a crash. */
  static Optional<PostmasterFile> read(Path dataFolder) throws IOException {
    try {
      List<String> lines = Files.readAllLines(dataFolder.resolve("postmaster.pid"));
      if (lines.size() <= STATUS_LINE) {
        return Optional.empty(); // being written
      }
      return Optional.of(
          new PostmasterFile(
              Long.parseLong(lines.getFirst().strip()),
              Integer.parseInt(lines.get(PORT_LINE).strip()),
              lines.get(STATUS_LINE).strip().equals("ready")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // torn by a crash
    }
  }

  /** After a reboot the number may belong to any process: a server works in its data folder. */
  static boolean isServer(long pid, Path dataFolder) throws IOException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    Path workingFolder = Path.of("/proc", Long.toString(pid), "cwd");
    if (Files.exists(Path.of("/proc/self/cwd"))) {
      try {
        return Files.readSymbolicLink(workingFolder).equals(dataFolder.toRealPath());
      } catch (NoSuchFileException | java.nio.file.AccessDeniedException e) {
        return false;
      }
    }
    return process.get().info().command().map(c -> c.contains("postgres")).orElse(true);
  }
}
