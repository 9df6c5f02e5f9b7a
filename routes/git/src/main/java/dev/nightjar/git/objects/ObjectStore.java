package dev.nightjar.git.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All packs of a repository and the cache that the loaders of several threads share. */
public final class ObjectStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);

  /** Objects larger than this are not loaded: two of them and their lines must fit into memory. */
  public static final int LARGEST_OBJECT_BYTES = 64 << 20;

  private final Repository repository;
  private final List<Path> packFolders = new ArrayList<>();
  private final ObjectCache cache;

  /** One thread at a time works on large objects, so that memory holds however many threads. */
  private final ReentrantLock large = new ReentrantLock();

  private final Set<Path> known = new HashSet<>();
  private volatile List<Pack> packs = List.of();
  private int nextOrdinal;

  public ObjectStore(Repository repository, Path objectsFolder, long cacheBytes) {
    this.repository = repository;
    Alternates.folders(objectsFolder).forEach(folder -> packFolders.add(folder.resolve("pack")));
    this.cache = new ObjectCache(cacheBytes);
    rescan();
  }

  /** A loader for one thread. */
  public ObjectLoader newLoader() {
    return new ObjectLoader(this, repository.newObjectReader());
  }

  ObjectCache cache() {
    return cache;
  }

  ReentrantLock large() {
    return large;
  }

  /** Gives back what was kept for the objects that come next. */
  public void clearCache() {
    cache.clear();
  }

  List<Pack> packs() {
    return packs;
  }

  /**
   * Takes in packs that another process made meanwhile; true if there were any. Packs that are gone
   * from the folder stay open, so a repack under way takes nothing from a reading.
   */
  synchronized boolean rescan() {
    List<Pack> all = new ArrayList<>(packs);
    packFolders.forEach(folder -> openAll(folder, all));
    boolean more = all.size() > packs.size();
    packs = List.copyOf(all);
    return more;
  }

  private void openAll(Path folder, List<Pack> all) {
    try (DirectoryStream<Path> indexes = Files.newDirectoryStream(folder, "*.idx")) {
      for (Path index : indexes) {
        if (known.add(index)) {
          open(index, all);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      LOG.debug("there are no packs in {}", folder, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the packs in " + folder, e);
    }
  }

  /** A pack that cannot be read here may still be readable to JGit, which gets what is left. */
  private void open(Path index, List<Pack> all) {
    try {
      all.add(Pack.open(nextOrdinal, index));
      nextOrdinal++;
    } catch (IOException e) {
      LOG.warn("{} is left to JGit: {}", index, e.getMessage());
    }
  }

  @Override
  public void close() {
    for (Pack pack : packs) {
      try {
        pack.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + pack.file, e);
      }
    }
    packs = List.of();
  }
}
