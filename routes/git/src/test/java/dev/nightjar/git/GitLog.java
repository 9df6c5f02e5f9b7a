package dev.nightjar.git;

import dev.nightjar.model.git.FileChange;
import dev.nightjar.model.git.GitText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code git log --raw --numstat -M} says: for every commit its rows, in git's order. Paths
 * are kept byte for byte, each byte as the character of its number.
 */
public final class GitLog {
  private static final char COMMIT_MARK = '\u0001';

  private final Map<String, List<Row>> rows = new LinkedHashMap<>();
  private final InputStream in;
  private @Nullable List<Row> current;

  /**
   * One line of the listing.
   *
   * @param kind git's letter
   * @param path after the change
   * @param oldPath of a rename, else absent
   * @param similarityPercent of a rename, else absent
   * @param added absent for binary content
   * @param deleted likewise
   */
  public record Row(
      char kind,
      String path,
      @Nullable String oldPath,
      @Nullable Integer similarityPercent,
      @Nullable Integer added,
      @Nullable Integer deleted) {
    /** What Nightjar says, in the same terms. */
    public static Row of(FileChange change) {
      GitText old = change.oldPath();
      return new Row(
          change.kind().letter(),
          bytesOf(change.path()),
          old == null ? null : bytesOf(old),
          change.similarityPercent(),
          change.linesAdded(),
          change.linesDeleted());
    }

    private static String bytesOf(GitText text) {
      byte[] raw = text.bytes();
      return new String(
          raw == null ? text.text().getBytes(StandardCharsets.UTF_8) : raw,
          StandardCharsets.ISO_8859_1);
    }

    private Row counted(@Nullable Integer added, @Nullable Integer deleted) {
      return new Row(kind, path, oldPath, similarityPercent, added, deleted);
    }

    /** The row without its counts. */
    public Row listed() {
      return counted(null, null);
    }
  }

  private GitLog(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The rows of every commit behind these revisions. */
  public static Map<String, List<Row>> of(GitCommand git, String... revisions) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-c",
                "diff.renameLimit=1000",
                "log",
                "-z",
                "-M",
                "--raw",
                "--numstat",
                "--no-abbrev",
                "--format=%x01%H"));
    words.addAll(Arrays.asList(revisions));
    try (InputStream out = git.start(words.toArray(String[]::new))) {
      return new GitLog(out).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, List<Row>> read() throws IOException {
    for (String token = next(); token != null; token = next()) {
      String entry = token.startsWith("\n") ? token.substring(1) : token;
      if (!entry.isEmpty() && entry.charAt(0) == COMMIT_MARK) {
        current = new ArrayList<>();
        rows.put(entry.substring(1), current);
      } else if (!entry.isEmpty() && entry.charAt(0) == ':') {
        raw(entry);
      } else if (!entry.isEmpty()) {
        counts(entry);
      }
    }
    return rows;
  }

  private List<Row> current() {
    if (current == null) {
      throw new AssertionError("git log lists changes before a commit");
    }
    return current;
  }

  private void raw(String entry) throws IOException {
    String status = entry.substring(entry.lastIndexOf(' ') + 1);
    char kind = status.charAt(0);
    String first = needed();
    if (kind == 'R') {
      current()
          .add(new Row(kind, needed(), first, Integer.valueOf(status.substring(1)), null, null));
    } else {
      current().add(new Row(kind, first, null, null, null, null));
    }
  }

  private void counts(String entry) throws IOException {
    String[] parts = entry.split("\t", 3);
    String path = parts[2];
    if (path.isEmpty()) {
      needed();
      path = needed();
    }
    for (int i = 0; i < current().size(); i++) {
      Row row = current().get(i);
      if (row.path().equals(path)) {
        current().set(i, row.counted(count(parts[0]), count(parts[1])));
      }
    }
  }

  private static @Nullable Integer count(String text) {
    return text.equals("-") ? null : Integer.valueOf(text);
  }

  private String needed() throws IOException {
    String token = next();
    if (token == null) {
      throw new AssertionError("git log ends within an entry");
    }
    return token;
  }

  private @Nullable String next() throws IOException {
    ByteArrayOutputStream token = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b > 0) {
      token.write(b);
      b = in.read();
    }
    return token.toString(StandardCharsets.ISO_8859_1);
  }
}
