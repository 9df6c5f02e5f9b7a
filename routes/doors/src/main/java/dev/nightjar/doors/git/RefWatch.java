package dev.nightjar.doors.git;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when something may have changed in the refs of a repository: loose refs, {@code
 * packed-refs}, a reftable, HEAD, or the borders of a shallow clone. It says that one should look,
 * not what has changed; what other processes do besides, such as writing objects, goes unheard.
 *
 * <p>The operating system tells of folders one by one, so every folder of refs is watched, new ones
 * as they appear. One thread waits; any may close.
 */
public final class RefWatch implements AutoCloseable {
  /** After so long without a change, the one who makes them has finished. */
  private static final Duration QUIET = Duration.ofMillis(300);

  /** After so long one looks even though they go on. */
  private static final Duration LONGEST_UNREST = Duration.ofSeconds(5);

  /** Files beside the folders of refs that say what refs there are. */
  private static final Set<String> TELLING = Set.of("HEAD", "packed-refs", "shallow");

  private static final String REFS = "refs";
  private static final String REFTABLE = "reftable";

  private final WatchService service;
  private final Path shared;
  private final Path own;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final Set<Path> watched = new HashSet<>();

  private RefWatch(WatchService service, Path shared, Path own) {
    this.service = service;
    this.shared = shared;
    this.own = own;
  }

  /** Begins to watch; what changes from now on is told by the next {@link #await}. */
  public static RefWatch of(GitRepository repository) {
    Path shared = repository.sharedFolder();
    try {
      WatchService service = shared.getFileSystem().newWatchService();
      RefWatch watch = new RefWatch(service, shared, repository.ownFolder());
      try {
        watch.watch(watch.shared);
        watch.watch(watch.own);
        watch.watchBelow(shared.resolve(REFS));
        watch.watchBelow(shared.resolve(REFTABLE));
      } catch (IOException e) {
        service.close();
        throw e;
      }
      return watch;
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The refs in "
              + shared
              + " cannot be watched ("
              + e.getMessage()
              + "): where the limit of watches is reached, raise it with 'sysctl"
              + " fs.inotify.max_user_watches=1000000'; or run 'nightjar ingest' from a hook.",
          e);
    }
  }

  private void watch(Path folder) throws IOException {
    if (watched.add(folder)) {
      folders.put(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), folder);
    }
  }

  private void watchBelow(Path top) throws IOException {
    if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            watch(folder);
            return FileVisitResult.CONTINUE;
          }

          // Git deletes empty folders while we walk.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  /**
   * Waits until refs may have changed and a moment has passed in which they did not.
   *
   * @param limit how long to wait at the most
   * @return whether something may have changed; false when time is up or this was closed
   */
  public boolean await(Duration limit) throws InterruptedException {
    try {
      long end = System.nanoTime() + limit.toNanos();
      long left = limit.toNanos();
      while (left > 0) {
        if (hears(service.poll(left, TimeUnit.NANOSECONDS))) {
          awaitQuiet();
          return true;
        }
        left = end - System.nanoTime();
      }
      return false;
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  private void awaitQuiet() throws InterruptedException {
    long end = System.nanoTime() + LONGEST_UNREST.toNanos();
    long quietAt = System.nanoTime() + QUIET.toNanos();
    while (System.nanoTime() - Math.min(end, quietAt) < 0) {
      long left = Math.min(end, quietAt) - System.nanoTime();
      if (hears(service.poll(left, TimeUnit.NANOSECONDS))) {
        quietAt = System.nanoTime() + QUIET.toNanos();
      }
    }
  }

  /** Whether the folder's events concern refs; new folders are watched from here on. */
  private boolean hears(@Nullable WatchKey key) {
    Path folder = key == null ? null : folders.get(key);
    if (key == null || folder == null) {
      return false;
    }
    boolean concerns = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      concerns |= event.kind().equals(OVERFLOW) || concerns(folder, (Path) event.context());
    }
    if (!key.reset()) {
      folders.remove(key);
      watched.remove(folder);
    }
    return concerns;
  }

  private boolean concerns(Path folder, Path name) {
    String text = name.toString();
    boolean isTop = folder.equals(shared) || folder.equals(own);
    if (isTop && !text.equals(REFS) && !text.equals(REFTABLE)) {
      return TELLING.contains(text);
    }
    try {
      watchBelow(folder.resolve(name));
    } catch (IOException e) {
      return true; // gone again, or one watch too many: looking at all refs misses nothing
    }
    return !text.endsWith(".lock");
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new IllegalStateException("giving back the watches of " + shared + " failed", e);
    }
  }
}
