package dev.nightjar.git;

import dev.nightjar.git.objects.Texts;
import dev.nightjar.model.HeadFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of one commit of a repository; submodules are none. */
public final class HeadTree {
  private final Repository repository;
  private final ObjectId tree;

  HeadTree(Repository repository, ObjectId tree) {
    this.repository = repository;
    this.tree = tree;
  }

  /** What names it: equal ids are equal files. */
  public String id() {
    return tree.name();
  }

  /**
   * How the files differ from others.
   *
   * @param known path to id of content of the others
   * @throws IOException when a tree is missing or damaged, so that the files cannot be known
   */
  public Difference from(Map<String, String> known) throws IOException {
    List<HeadFile> changed = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(repository, reader)) {
      walk.setRecursive(true);
      walk.addTree(tree);
      while (walk.next()) {
        String path = Texts.decode(walk.getRawPath()).text();
        boolean isFile = !FileMode.GITLINK.equals(walk.getRawMode(0));
        // Two paths that are no text may read alike; one of them stands for both.
        if (isFile && seen.add(path)) {
          ObjectId blob = walk.getObjectId(0);
          if (!blob.name().equals(known.get(path))) {
            changed.add(new HeadFile(path, blob.name(), size(reader, blob)));
          }
        }
      }
    }
    Set<String> gone = new HashSet<>(known.keySet());
    gone.removeAll(seen);
    return new Difference(changed, gone);
  }

  private static @Nullable Long size(ObjectReader reader, ObjectId blob) throws IOException {
    try {
      return reader.getObjectSize(blob, Constants.OBJ_BLOB);
    } catch (MissingObjectException e) {
      return null;
    }
  }

  /**
   * What is new or another, and what is gone.
   *
   * @param changed files whose content is not the known one
   * @param gone paths at which there is no file any more
   */
  public record Difference(List<HeadFile> changed, Set<String> gone) {}
}
