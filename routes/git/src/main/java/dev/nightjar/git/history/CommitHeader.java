package dev.nightjar.git.history;

import dev.nightjar.git.objects.GitObject;
import dev.nightjar.git.objects.ObjectLoader;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.UnreadableObjectException;
import dev.nightjar.git.objects.UnreadableObjectException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A raw commit and where its parts are.
 *
 * @param raw the whole object
 * @param tree its tree
 * @param parents in order
 * @param author where the text after {@code author } begins, -1 if there is none
 * @param committer likewise
 * @param encoding what the commit says its text is in
 * @param signed whether there is a signature header
 * @param message where the message begins
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record CommitHeader(
    byte[] raw,
    ObjectName tree,
    List<ObjectName> parents,
    int author,
    int committer,
    @Nullable String encoding,
    boolean signed,
    int message) {
  private static final byte[] TREE = ascii("tree ");
  private static final byte[] PARENT = ascii("parent ");
  private static final byte[] AUTHOR = ascii("author ");
  private static final byte[] COMMITTER = ascii("committer ");
  private static final byte[] ENCODING = ascii("encoding ");
  private static final byte[] SIGNATURE = ascii("gpgsig");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static CommitHeader load(ObjectLoader objects, ObjectName name) throws UnreadableObjectException {
    GitObject object = objects.load(name);
    try {
      if (object.type() == GitObject.COMMIT) {
        return parse(object.content());
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UnreadableObjectException(
          name, Reason.DAMAGED, "commit " + name + " has a damaged header", e);
    }
    throw new UnreadableObjectException(
        name, Reason.DAMAGED, "object " + name + " should be a commit and is none", null);
  }

  private static CommitHeader parse(byte[] raw) {
    if (!startsWith(raw, 0, TREE)) {
      throw new IllegalArgumentException("no tree");
    }
    ObjectName tree = ObjectName.ofHex(raw, TREE.length);
    List<ObjectName> parents = new ArrayList<>(2);
    int author = -1;
    int committer = -1;
    String encoding = null;
    boolean signed = false;
    int at = lineEnd(raw, 0) + 1;
    while (at < raw.length && raw[at] != '\n') {
      if (startsWith(raw, at, PARENT)) {
        parents.add(ObjectName.ofHex(raw, at + PARENT.length));
      } else if (author < 0 && startsWith(raw, at, AUTHOR)) {
        author = at + AUTHOR.length;
      } else if (committer < 0 && startsWith(raw, at, COMMITTER)) {
        committer = at + COMMITTER.length;
      } else if (startsWith(raw, at, ENCODING)) {
        int from = at + ENCODING.length;
        encoding = new String(raw, from, lineEnd(raw, from) - from, StandardCharsets.US_ASCII);
      } else if (startsWith(raw, at, SIGNATURE)) {
        signed = true;
      }
      at = lineEnd(raw, at) + 1;
    }
    return new CommitHeader(
        raw, tree, parents, author, committer, encoding, signed, Math.min(at + 1, raw.length));
  }

  static int lineEnd(byte[] raw, int from) {
    int at = from;
    while (at < raw.length && raw[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] raw, int at, byte[] prefix) {
    return at + prefix.length <= raw.length
        && Arrays.equals(raw, at, at + prefix.length, prefix, 0, prefix.length);
  }

  /** The committer's time in seconds since 1970, 0 where there is none; only to order a walk. */
  long committedSeconds() {
    if (committer < 0) {
      return 0;
    }
    return IdentityLine.seconds(raw, committer, lineEnd(raw, committer)).orElse(0);
  }
}
