package dev.nightjar.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What {@code git fast-import} reads, written piece by piece: real objects of any shape, at once.
 */
public final class ImportStream {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int mark;

  /** Begins a commit on a branch and returns its mark. */
  public int commit(String branch, String message, long seconds, int... parents) {
    return commit(branch, message.getBytes(StandardCharsets.UTF_8), seconds, parents);
  }

  /** Begins a commit whose message need not be text. */
  public int commit(String branch, byte[] message, long seconds, int... parents) {
    mark++;
    line("commit " + branch);
    line("mark :" + mark);
    line("author A. Author <author@example.org> " + seconds + " +0100");
    line("committer C. Committer <committer@example.org> " + seconds + " +0000");
    data(message);
    for (int i = 0; i < parents.length; i++) {
      line((i == 0 ? "from :" : "merge :") + parents[i]);
    }
    return mark;
  }

  /** A file in the commit that was begun last; modes as git writes them, such as 100644. */
  public void file(String mode, String path, byte[] content) {
    line("M " + mode + " inline " + quoted(path));
    data(content);
  }

  /** A submodule in the commit that was begun last. */
  public void submodule(String path, String commit) {
    line("M 160000 " + commit + " " + quoted(path));
  }

  /** Takes a path out of the commit that was begun last. */
  public void delete(String path) {
    line("D " + quoted(path));
  }

  /** The whole tree of the commit that was begun last. */
  public void tree(Map<String, Entry> files) {
    line("deleteall");
    files.forEach((path, entry) -> {
      if (entry.mode().equals("160000")) {
        submodule(path, new String(entry.content(), StandardCharsets.US_ASCII));
      } else {
        file(entry.mode(), path, entry.content());
      }
    });
  }

  /**
   * A path's content; of a submodule, the commit in hexadecimal.
   *
   * @param mode as git writes it
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  public record Entry(String mode, byte[] content) {}

  /** Sets a ref to a commit. */
  public void reset(String ref, int commit) {
    line("reset " + ref);
    line("from :" + commit);
  }

  /** Lets git read the stream. */
  public void into(GitCommand git) {
    line("done");
    git.run(Map.of(), out.toByteArray(), "fast-import", "--quiet", "--done", "--force");
  }

  /** Paths are bytes, one to a character; git's C-style quotes carry all of them. */
  private static String quoted(String path) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : path.getBytes(StandardCharsets.ISO_8859_1)) {
      if (b == '"' || b == '\\') {
        quoted.append('\\').append((char) b);
      } else if (b >= ' ' && b < 127) {
        quoted.append((char) b);
      } else {
        quoted.append("\\%03o".formatted(b & 0xff));
      }
    }
    return quoted.append('"').toString();
  }

  private void data(byte[] content) {
    line("data " + content.length);
    out.writeBytes(content);
    out.write('\n');
  }

  private void line(String text) {
    out.writeBytes((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
