package dev.nightjar.git.head;

import dev.nightjar.git.objects.Texts;
import dev.nightjar.model.git.FileMarks;
import dev.nightjar.model.git.HeadFile;
import dev.nightjar.model.git.HeadFile.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files and submodules of one commit of a repository. */
public final class HeadTree {
  /**
   * What the files may weigh in memory: a million of a hundred characters. Trees that share their
   * subtrees unfold to any number from a few kilobytes.
   */
  private static final long MOST_BYTES = 400L << 20;

  private static final int BYTES_OF_A_FILE = 300;

  /** Git's core.maxTreeDepth. */
  private static final int DEEPEST = 2048;

  private final Repository repository;
  private final ObjectId tree;

  public HeadTree(Repository repository, ObjectId tree) {
    this.repository = repository;
    this.tree = tree;
  }

  /** What names it: equal ids are equal files. */
  public String id() {
    return tree.name();
  }

  /**
   * How the files differ from others. Only what has another content is opened.
   *
   * @param known the others, by path
   * @throws IOException when a tree is missing or damaged, or they are too many or too deep, so
   *     that the files cannot be known
   */
  public Difference from(Map<String, HeadFile> known) throws IOException {
    List<HeadFile> changed = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long bytesLeft = MOST_BYTES;
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(repository, reader)) {
      TreeAttributes attributes = new TreeAttributes(reader);
      attributes.enter(0, "", tree);
      walk.addTree(tree);
      while (walk.next()) {
        String path = Texts.decode(walk.getRawPath()).text();
        bytesLeft -= BYTES_OF_A_FILE + path.length();
        if (bytesLeft < 0 || walk.getDepth() > DEEPEST) {
          throw new IOException(
              bytesLeft < 0 ? "they are too many" : "a folder lies deeper than " + DEEPEST);
        }
        if (walk.isSubtree()) {
          attributes.enter(walk.getDepth() + 1, path + "/", walk.getObjectId(0));
          walk.enterSubtree();
        } else if (seen.add(path)) {
          // Two paths that are no text may read alike; one of them stands for both.
          HeadFile before = known.get(path);
          HeadFile file = file(reader, walk, path, before, attributes.of(walk.getDepth(), path));
          if (!file.equals(before)) {
            changed.add(file);
          }
        }
      }
    }
    Set<String> gone = new HashSet<>(known.keySet());
    gone.removeAll(seen);
    return new Difference(changed, gone);
  }

  private static HeadFile file(
      ObjectReader reader,
      TreeWalk walk,
      String path,
      @Nullable HeadFile before,
      PathAttributes attributes)
      throws IOException {
    Kind kind = kind(walk.getFileMode(0));
    ObjectId blob = walk.getObjectId(0);
    String id = blob.name();
    FileMarks marks = Linguist.marks(path, attributes);
    if (before != null && before.kind() == kind && before.blob().equals(id)) {
      return new HeadFile(path, kind, id, before.sizeBytes(), before.lfsBytes(), marks);
    }
    if (kind == Kind.SUBMODULE) {
      return new HeadFile(path, kind, id, null, null, marks);
    }
    Long size = size(reader, blob);
    return new HeadFile(
        path, kind, id, size, LfsPointer.bytes(reader, blob, size, attributes), marks);
  }

  private static Kind kind(FileMode mode) {
    if (FileMode.GITLINK.equals(mode)) {
      return Kind.SUBMODULE;
    }
    if (FileMode.SYMLINK.equals(mode)) {
      return Kind.LINK;
    }
    return FileMode.EXECUTABLE_FILE.equals(mode) ? Kind.EXECUTABLE : Kind.FILE;
  }

  private static @Nullable Long size(ObjectReader reader, ObjectId blob) throws IOException {
    try {
      return reader.getObjectSize(blob, Constants.OBJ_BLOB);
    } catch (MissingObjectException | CorruptObjectException e) {
      return null; // what is damaged is reported by those who read the history
    }
  }

  /**
   * What is new or another, and what is gone.
   *
   * @param changed what is not the known one
   * @param gone paths at which there is nothing any more
   */
  public record Difference(List<HeadFile> changed, Set<String> gone) {}
}
