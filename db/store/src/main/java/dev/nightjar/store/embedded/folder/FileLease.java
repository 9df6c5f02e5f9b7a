package dev.nightjar.store.embedded.folder;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Locks on files between processes, which the kernel takes back when their holder dies.
 *
 * <p>The kernel's locks belong to a process, and closing any descriptor of the file drops them: so
 * within one process every file is opened once while it is held, its shared holders are counted,
 * and nothing else is ever done to it. Even setting its time would open and close it.
 */
public final class FileLease implements AutoCloseable {
  private static final Lock GUARD = new ReentrantLock();
  private static final Map<Path, SharedHold> SHARED = new HashMap<>();
  private static final Map<Path, ReentrantLock> EXCLUSIVE = new HashMap<>();
  private static final Set<Path> TRIED = new HashSet<>();

  private final Runnable release;
  private boolean isClosed;

  private FileLease(Runnable release) {
    this.release = release;
  }

  /** Waits until no other process holds the file exclusively, and holds it with others. */
  public static FileLease shared(Path file) {
    Path path = file.toAbsolutePath().normalize();
    GUARD.lock();
    try {
      SharedHold hold = SHARED.get(path);
      if (hold == null) {
        hold = new SharedHold(open(path));
        lock(hold.channel, path, true);
        SHARED.put(path, hold);
      }
      hold.holders++;
      return new FileLease(() -> releaseShared(path));
    } finally {
      GUARD.unlock();
    }
  }

  /** Waits until nobody else holds the file, in this process or another. */
  public static FileLease exclusive(Path file) {
    Path path = file.toAbsolutePath().normalize();
    ReentrantLock within = within(path);
    within.lock();
    boolean isHeld = false;
    try {
      FileChannel channel = open(path);
      FileLock lock = lock(channel, path, false);
      isHeld = lock.isValid();
      return new FileLease(() -> {
        close(channel);
        within.unlock();
      });
    } finally {
      if (!isHeld) {
        within.unlock();
      }
    }
  }

  /** Holds the file alone if nobody holds it now; holders in this process count as well. */
  public static Optional<FileLease> tryExclusive(Path file) {
    Path path = file.toAbsolutePath().normalize();
    GUARD.lock();
    try {
      if (SHARED.containsKey(path) || TRIED.contains(path)) {
        return Optional.empty();
      }
      FileChannel channel = open(path);
      if (tryLock(channel, false) == null) {
        close(channel);
        return Optional.empty();
      }
      TRIED.add(path);
      return Optional.of(new FileLease(() -> releaseTried(path, channel)));
    } finally {
      GUARD.unlock();
    }
  }

  /**
   * Whether somebody holds the file alone. Whoever asks holds it with others for a moment, so that
   * several may ask at once and none takes another for a holder.
   */
  public static boolean isHeldAlone(Path file) {
    Path path = file.toAbsolutePath().normalize();
    GUARD.lock();
    try {
      if (TRIED.contains(path)) {
        return true;
      }
      if (SHARED.containsKey(path) || Files.notExists(path)) {
        return false;
      }
      FileChannel channel = open(path);
      boolean isHeld = tryLock(channel, true) == null;
      close(channel);
      return isHeld;
    } finally {
      GUARD.unlock();
    }
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      release.run();
    }
  }

  private static void releaseShared(Path path) {
    GUARD.lock();
    try {
      SharedHold hold = SHARED.get(path);
      if (hold != null && --hold.holders == 0) {
        SHARED.remove(path);
        close(hold.channel);
      }
    } finally {
      GUARD.unlock();
    }
  }

  private static void releaseTried(Path path, FileChannel channel) {
    GUARD.lock();
    try {
      TRIED.remove(path);
      close(channel);
    } finally {
      GUARD.unlock();
    }
  }

  private static ReentrantLock within(Path path) {
    GUARD.lock();
    try {
      return EXCLUSIVE.computeIfAbsent(path, p -> new ReentrantLock());
    } finally {
      GUARD.unlock();
    }
  }

  private static FileChannel open(Path path) {
    try {
      return FileChannel.open(
          path,
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
          PrivateFolder.permissions("rw-------"));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static FileLock lock(FileChannel channel, Path path, boolean isShared) {
    try {
      return channel.lock(0, Long.MAX_VALUE, isShared);
    } catch (IOException e) {
      close(channel);
      throw unusable(path, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean isShared) {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, isShared);
    } catch (IOException e) {
      close(channel);
      throw new Failure.Unavailable("a lock file of the embedded stores cannot be locked", e);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Failure.Unavailable("a lock file of the embedded stores cannot be closed", e);
    }
  }

  private static Failure unusable(Path path, IOException cause) {
    return new Failure.Unavailable(
        "the lock file "
            + path
            + " cannot be used ("
            + cause.getMessage()
            + "): make its folder writable, or point XDG_DATA_HOME to a folder that is",
        cause);
  }

  private static final class SharedHold {
    private final FileChannel channel;
    private int holders;

    SharedHold(FileChannel channel) {
      this.channel = channel;
    }
  }
}
