package dev.nightjar.model.git;

import org.jspecify.annotations.Nullable;

/**
 * What stands at a path at the head of a repository.
 *
 * @param path with U+FFFD for what is no valid text
 * @param kind what it is
 * @param blob id of its content; of a submodule, of the commit that it names
 * @param sizeBytes of its content; absent where that is not there, and of a submodule
 * @param lfsBytes size of the file that git LFS keeps elsewhere; absent where the content is no
 *     pointer of LFS
 * @param marks what it counts as
 */
public record HeadFile(
    String path,
    Kind kind,
    String blob,
    @Nullable Long sizeBytes,
    @Nullable Long lfsBytes,
    FileMarks marks) {

  /** What a path can be. */
  public enum Kind {
    FILE,
    EXECUTABLE,
    LINK,
    SUBMODULE
  }
}
