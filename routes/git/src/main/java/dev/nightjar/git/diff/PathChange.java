package dev.nightjar.git.diff;

import org.jspecify.annotations.Nullable;

/**
 * One path that differs between two trees. At least one side is there; after rename detection the
 * old side may have another path.
 */
final class PathChange {
  final byte[] oldPath;
  final byte[] path;
  final @Nullable TreeEntry before;
  final @Nullable TreeEntry after;

  /** Of a rename, how much stayed, in {@link RenameDetection#WHOLE}ths. */
  final int similarity;

  PathChange(byte[] path, @Nullable TreeEntry before, @Nullable TreeEntry after) {
    this(path, path, before, after, 0);
  }

  private PathChange(
      byte[] oldPath,
      byte[] path,
      @Nullable TreeEntry before,
      @Nullable TreeEntry after,
      int similarity) {
    this.oldPath = oldPath;
    this.path = path;
    this.before = before;
    this.after = after;
    this.similarity = similarity;
  }

  static PathChange rename(PathChange source, PathChange destination, int similarity) {
    return new PathChange(
        source.path, destination.path, source.before, destination.after, similarity);
  }

  @SuppressWarnings("ReferenceEquality") // without a rename both are the very same array or name
  boolean isRename() {
    return path != oldPath;
  }
}
