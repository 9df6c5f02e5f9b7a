package dev.nightjar.git.head;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The text that stands for a file which git LFS keeps elsewhere (git-lfs, docs/spec.md). */
final class LfsPointer {
  /** The specification's limit. */
  private static final int MOST_BYTES = 1024;

  /** Without extensions a pointer has 120 to 150 bytes: such files are looked at in any case. */
  private static final int LEAST_USUAL_BYTES = 110;

  private static final int MOST_USUAL_BYTES = 160;

  private static final Pattern POINTER =
      Pattern.compile(
          "version https://(?:git-lfs\\.github\\.com|hawser\\.github\\.com)/spec/v1\n"
              + "(?:ext-[^\n]*\n)*"
              + "oid sha256:[0-9a-f]{64}\n"
              + "size ([0-9]{1,18})\n?");

  private LfsPointer() {}

  /**
   * The size of the file that is kept elsewhere; absent where the content is no pointer.
   *
   * @param sizeBytes of the content; absent where it is not there
   */
  static @Nullable Long bytes(
      ObjectReader reader, ObjectId blob, @Nullable Long sizeBytes, PathAttributes attributes)
      throws IOException {
    if (sizeBytes == null || sizeBytes > MOST_BYTES) {
      return null;
    }
    boolean isUsual = sizeBytes >= LEAST_USUAL_BYTES && sizeBytes <= MOST_USUAL_BYTES;
    return isUsual || attributes.isLfs() ? parse(reader, blob) : null;
  }

  private static @Nullable Long parse(ObjectReader reader, ObjectId blob) throws IOException {
    try {
      byte[] raw = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(MOST_BYTES);
      Matcher pointer = POINTER.matcher(new String(raw, StandardCharsets.ISO_8859_1));
      return pointer.matches() ? Long.valueOf(pointer.group(1)) : null;
    } catch (MissingObjectException | CorruptObjectException e) {
      return null; // what is damaged is reported by those who read the history
    }
  }
}
