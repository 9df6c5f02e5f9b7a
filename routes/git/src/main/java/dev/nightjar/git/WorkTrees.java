package dev.nightjar.git;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Linked work trees of a repository, each with a commit checked out, that go with this object.
 *
 * <p>They lie in a folder of their own whose lock this process holds. A process that is killed lets
 * go of its lock without a chance to tidy up; the next one finds the folder unlocked and removes
 * what lies there. JGit makes no work trees, so the {@code git} program does.
 */
public final class WorkTrees implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final Set<StandardOpenOption> CREATE_FOR_WRITING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Path gitFolder;
  private final Path folder;
  private final FileChannel channel;
  private final List<Path> trees = new ArrayList<>();

  private WorkTrees(Path gitFolder, Path folder, FileChannel channel) {
    this.gitFolder = gitFolder;
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Makes the folder, and first removes those of dead processes.
   *
   * @param gitFolder the git directory that all work trees of the repository share
   * @param cache where such folders are kept
   */
  public static WorkTrees open(Path gitFolder, Path cache) {
    Path all = cache.resolve("worktrees").resolve(digest(gitFolder));
    try {
      Files.createDirectories(all);
      removeStale(gitFolder, all);
      Path folder = Files.createDirectory(all.resolve(UUID.randomUUID().toString()));
      FileChannel channel = FileChannel.open(lockOf(folder), CREATE_FOR_WRITING);
      if (channel.tryLock() == null) {
        throw new IOException("its lock is held");
      }
      return new WorkTrees(gitFolder, folder, channel);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "No work tree can be made in "
              + all
              + " ("
              + e.getMessage()
              + "): make it writable, or set XDG_CACHE_HOME to a folder that is.",
          e);
    }
  }

  private static String digest(Path gitFolder) {
    return UUID.nameUUIDFromBytes(gitFolder.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Path lockOf(Path folder) {
    return folder.resolve(LOCK);
  }

  private static void removeStale(Path gitFolder, Path all) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(all)) {
      folders = found.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      try (FileChannel channel = FileChannel.open(lockOf(folder), CREATE_FOR_WRITING);
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          delete(folder);
        }
      }
    }
    git(gitFolder, "worktree", "prune");
  }

  /**
   * Checks a commit out, detached.
   *
   * @param name of the work tree's folder, unique here
   * @return the folder
   * @throws Failure.Unavailable when git cannot
   */
  public Path add(String name, String commit) {
    Path tree = folder.resolve(name);
    String problem =
        git(gitFolder, "worktree", "add", "--detach", "--force", tree.toString(), commit);
    if (problem != null) {
      throw new Failure.Unavailable(
          "git cannot check " + commit + " out in " + tree + ": " + problem);
    }
    trees.add(tree);
    return tree;
  }

  /** Removes a work tree that is needed no longer. */
  public void remove(Path tree) {
    if (git(gitFolder, "worktree", "remove", "--force", "--force", tree.toString()) != null) {
      delete(tree);
      git(gitFolder, "worktree", "prune");
    }
    trees.remove(tree);
  }

  /** What went wrong, in git's words; absent when nothing did. */
  private static @Nullable String git(Path gitFolder, String... arguments) {
    return GitProgram.run(gitFolder, arguments).problem();
  }

  private static void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new Failure.Unavailable("The work tree " + folder + " cannot be removed.", e);
    }
  }

  /** Removes all of them, and the folder. */
  @Override
  public void close() {
    List.copyOf(trees).forEach(this::remove);
    delete(folder);
    try {
      channel.close();
    } catch (IOException e) {
      throw new Failure.Unavailable("The lock of " + folder + " cannot be let go.", e);
    }
  }
}
