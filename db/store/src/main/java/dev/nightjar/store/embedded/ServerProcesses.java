package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.folder.ServerUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The processes of one server: those of its program that work in its folder.
 *
 * <p>After a reboot a number kept in a file may belong to any process, so what is asked is what a
 * process is and where it works. The working folder of another user's process is closed even to
 * root where a container has taken CAP_SYS_PTRACE away, as most do: then the server's user itself
 * looks.
 */
final class ServerProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final Duration ENDING_LIMIT = Duration.ofSeconds(10);

  private final Path folder;
  private final String program;
  private final Pattern name;
  private final ServerUser user;

  ServerProcesses(Path folder, String program, ServerUser user) {
    this.folder = folder;
    this.program = program;
    this.name = Pattern.compile("(.*/)?" + Pattern.quote(program) + "([: ].*)?", Pattern.DOTALL);
    this.user = user;
  }

  /** Whether that process is one of them. */
  boolean include(long pid) throws IOException {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && isOfServer(pid);
  }

  /** All that live now. */
  List<ProcessHandle> all() throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    for (ProcessHandle candidate : ProcessHandle.allProcesses().toList()) {
      if (isOfServer(candidate.pid())) {
        found.add(candidate);
      }
    }
    return found;
  }

  /**
   * Ends all of them: kindly first, as a process that is asked can put things in order.
   *
   * @throws IOException when one does not end
   */
  void end() throws IOException {
    if (!Files.exists(PROC.resolve("self/cwd"))) {
      return; // where it is not known which folder a process works in, none is ended
    }
    for (ProcessHandle process : all()) {
      process.destroy();
      if (!hasEnded(process)) {
        process.destroyForcibly();
        if (!hasEnded(process)) {
          throw new IOException(
              "the process " + process.pid() + " of an earlier " + program + " does not end");
        }
      }
    }
  }

  private boolean isOfServer(long pid) throws IOException {
    if (Files.exists(PROC.resolve("self/cwd"))) {
      return isOfProgram(pid) && worksInFolder(pid);
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .map(command -> command.contains(program))
        .orElse(false);
  }

  /** By the words it was started with or has written over them, which everybody may read. */
  private boolean isOfProgram(long pid) throws IOException {
    try {
      byte[] words = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
      String first = new String(words, StandardCharsets.UTF_8).split("\0", 2)[0];
      return name.matcher(first).matches();
    } catch (NoSuchFileException | AccessDeniedException e) {
      return false; // ended meanwhile, or none of ours
    }
  }

  private boolean worksInFolder(long pid) throws IOException {
    Path workingFolder = PROC.resolve(pid + "/cwd");
    try {
      return Files.readSymbolicLink(workingFolder).equals(folder.toRealPath());
    } catch (NoSuchFileException e) {
      return false; // ended meanwhile
    } catch (AccessDeniedException e) {
      return user == ServerUser.NOBODY && user.seesThatSame(workingFolder, folder);
    }
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      process.onExit().get(ENDING_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("interrupted while a store was starting or stopping", e);
    }
  }
}
