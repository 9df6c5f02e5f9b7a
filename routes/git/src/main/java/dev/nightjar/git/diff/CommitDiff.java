package dev.nightjar.git.diff;

import dev.nightjar.git.objects.GitObject;
import dev.nightjar.git.objects.ObjectLoader;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.Texts;
import dev.nightjar.git.objects.UnreadableObjectException;
import dev.nightjar.model.git.ChangeKind;
import dev.nightjar.model.git.FileChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists what differs between two trees, with renames and line counts, for one thread. */
public final class CommitDiff {
  private final ObjectLoader objects;
  private final TreeDiff trees;
  private final RenameDetection renames;
  private final LineCounter lines = new LineCounter();

  public CommitDiff(ObjectLoader objects) {
    this.objects = objects;
    this.trees = new TreeDiff(objects);
    this.renames = new RenameDetection(new Similarity(objects));
  }

  /**
   * Compares two trees; an absent one is empty. A blob that cannot be read leaves its counts out
   * and is told to {@code unreadable}; a tree that cannot be read ends the comparison.
   */
  public List<FileChange> compare(
      @Nullable ObjectName before,
      @Nullable ObjectName after,
      Consumer<UnreadableObjectException> unreadable)
      throws UnreadableObjectException {
    if (before != null && before.equals(after)) {
      return List.of();
    }
    List<PathChange> changes = new ArrayList<>();
    trees.compare(before, after, changes);
    List<FileChange> result = new ArrayList<>(changes.size());
    for (PathChange change :
        renames.detect(changes, e -> unreadable.accept(withoutRenames(before, after, e)))) {
      result.add(described(change, unreadable));
      objects.finishedLarge();
    }
    return result;
  }

  private static UnreadableObjectException withoutRenames(
      @Nullable ObjectName before, @Nullable ObjectName after, TooCostlyException e) {
    ObjectName tree = Objects.requireNonNull(after != null ? after : before);
    return new UnreadableObjectException(
        tree,
        UnreadableObjectException.Reason.TOO_COSTLY,
        "renames up to tree "
            + tree
            + " are listed as files added and deleted, since finding all would take too long ("
            + e.getMessage()
            + ")",
        e);
  }

  private FileChange described(PathChange change, Consumer<UnreadableObjectException> unreadable) {
    LineCounter.Counts counts = null;
    try {
      counts = counts(change.before, change.after);
    } catch (UnreadableObjectException e) {
      unreadable.accept(e);
    }
    return new FileChange(
        Texts.decode(change.path),
        change.isRename() ? Texts.decode(change.oldPath) : null,
        kind(change),
        change.isRename() ? change.similarity * 100 / RenameDetection.WHOLE : null,
        counts == null ? null : (Integer) counts.added(),
        counts == null ? null : (Integer) counts.deleted());
  }

  private static ChangeKind kind(PathChange change) {
    if (change.isRename()) {
      return ChangeKind.RENAMED;
    }
    if (change.before == null) {
      return ChangeKind.ADDED;
    }
    if (change.after == null) {
      return ChangeKind.DELETED;
    }
    return change.before.hasTypeOf(change.after) ? ChangeKind.MODIFIED : ChangeKind.TYPE_CHANGED;
  }

  /** Absent where either side is binary. */
  private LineCounter.@Nullable Counts counts(@Nullable TreeEntry before, @Nullable TreeEntry after)
      throws UnreadableObjectException {
    if (before != null && after != null && before.name().equals(after.name())) {
      return isBinary(before) ? null : LineCounter.Counts.NONE;
    }
    byte[] a = content(before);
    byte[] b = content(after);
    if (before != null && after != null) {
      // The walk goes backwards: the older version is the newer side of what comes next.
      objects.forget(after.name());
    }
    if (LineCounter.isBinary(a) || LineCounter.isBinary(b)) {
      return null;
    }
    try {
      return lines.count(a, b);
    } catch (TooCostlyException e) {
      throw tooCostly(Objects.requireNonNull(after), e);
    }
  }

  private static UnreadableObjectException tooCostly(TreeEntry after, TooCostlyException e) {
    return new UnreadableObjectException(
        after.name(),
        UnreadableObjectException.Reason.TOO_COSTLY,
        "the changed lines of object "
            + after.name()
            + " are not counted, which would take too long ("
            + e.getMessage()
            + ")",
        e);
  }

  private boolean isBinary(TreeEntry entry) throws UnreadableObjectException {
    return LineCounter.isBinary(content(entry));
  }

  /** What git compares: of a submodule, a line that names its commit. */
  private byte[] content(@Nullable TreeEntry entry) throws UnreadableObjectException {
    if (entry == null) {
      return new byte[0];
    }
    if (entry.isSubmodule()) {
      String line = "Subproject commit " + entry.name().hex() + "\n";
      return line.getBytes(StandardCharsets.US_ASCII);
    }
    GitObject object = objects.load(entry.name());
    if (object.type() != GitObject.BLOB) {
      throw new UnreadableObjectException(
          entry.name(),
          UnreadableObjectException.Reason.DAMAGED,
          "object " + entry.name() + " should be a blob and is none",
          null);
    }
    return object.content();
  }
}
