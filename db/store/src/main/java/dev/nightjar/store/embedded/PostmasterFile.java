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
 * @param port where it listens; 0 while it has not written that yet
 * @param isReady whether it takes connections
 */
record PostmasterFile(long pid, int port, boolean isReady) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** What the file says if its server is alive. */
  static Optional<PostmasterFile> ofLiving(Path dataFolder, ServerProcesses processes)
      throws IOException {
    Optional<PostmasterFile> file = read(dataFolder);
    return file.isPresent() && processes.include(file.get().pid) ? file : Optional.empty();
  }

  /** What the file says, whether true or left behind; nothing when not even a process is in it. */
  static Optional<PostmasterFile> read(Path dataFolder) throws IOException {
    try {
      List<String> lines = Files.readAllLines(dataFolder.resolve("postmaster.pid"));
      if (lines.isEmpty()) {
        return Optional.empty(); // whoever began it was killed, or the disk was full
      }
      long pid = Long.parseLong(lines.getFirst().strip());
      if (lines.size() <= STATUS_LINE) {
        return Optional.of(new PostmasterFile(pid, 0, false)); // it has just begun to start
      }
      return Optional.of(
          new PostmasterFile(
              pid,
              Integer.parseInt(lines.get(PORT_LINE).strip()),
              lines.get(STATUS_LINE).strip().equals("ready")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // torn by a crash
    }
  }
}
