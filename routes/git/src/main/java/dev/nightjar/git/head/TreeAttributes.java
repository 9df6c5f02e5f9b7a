package dev.nightjar.git.head;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * The {@code .gitattributes} of the folders on the way to a path, the deeper ones before the
 * others. Only those of the tree are asked, so that the same tree says the same everywhere.
 */
final class TreeAttributes {
  private static final Set<String> ASKED =
      Set.of(
          PathAttributes.LANGUAGE,
          PathAttributes.GENERATED,
          PathAttributes.VENDORED,
          PathAttributes.DOCUMENTATION,
          PathAttributes.FILTER);

  /** Every path is held against every rule, so a larger file counts as none. */
  private static final int MOST_BYTES = 1 << 18;

  /** What the files on the way to a path say beyond is not asked. */
  private static final int MOST_RULES = 1000;

  private final ObjectReader reader;
  private final List<Folder> folders = new ArrayList<>();

  TreeAttributes(ObjectReader reader) {
    this.reader = reader;
  }

  private record Folder(int depth, String prefix, List<AttributesRule> rules) {}

  /**
   * Steps into a folder.
   *
   * @param depth 0 for the top
   * @param prefix its path with a slash at its end; empty for the top
   */
  void enter(int depth, String prefix, ObjectId tree) throws IOException {
    leaveTo(depth - 1);
    int inForce = folders.stream().mapToInt(folder -> folder.rules.size()).sum();
    List<AttributesRule> rules = rules(tree, MOST_RULES - inForce);
    if (!rules.isEmpty()) {
      folders.add(new Folder(depth, prefix, rules));
    }
  }

  private void leaveTo(int depth) {
    while (!folders.isEmpty() && folders.getLast().depth > depth) {
      folders.removeLast();
    }
  }

  /** What is said of a file in the folder of that depth. */
  PathAttributes of(int depth, String path) {
    leaveTo(depth);
    if (folders.isEmpty()) {
      return PathAttributes.NONE;
    }
    Attributes found = new Attributes();
    for (Folder folder : folders.reversed()) {
      String relative = path.substring(folder.prefix.length());
      for (AttributesRule rule : folder.rules.reversed()) {
        if (rule.isMatch(relative, false)) {
          for (Attribute attribute : rule.getAttributes().reversed()) {
            if (!found.containsKey(attribute.getKey())) {
              found.put(attribute);
            }
          }
        }
      }
    }
    return PathAttributes.of(found);
  }

  private List<AttributesRule> rules(ObjectId tree, int most) throws IOException {
    byte[] raw = file(tree);
    if (raw.length == 0) {
      return List.of();
    }
    AttributesNode node = new AttributesNode();
    node.parse(new ByteArrayInputStream(raw));
    return node.getRules().stream()
        .filter(
            rule -> rule.getAttributes().stream().anyMatch(asked -> ASKED.contains(asked.getKey())))
        .limit(most)
        .toList();
  }

  private byte[] file(ObjectId tree) throws IOException {
    CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
    for (; !entries.eof(); entries.next()) {
      if ((entries.getEntryRawMode() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
          && entries.getEntryPathLength() == Constants.DOT_GIT_ATTRIBUTES.length()
          && entries.getEntryPathString().equals(Constants.DOT_GIT_ATTRIBUTES)) {
        try {
          return reader
              .open(entries.getEntryObjectId(), Constants.OBJ_BLOB)
              .getCachedBytes(MOST_BYTES);
        } catch (MissingObjectException | CorruptObjectException | LargeObjectException e) {
          return new byte[0]; // a partial clone may lack it; one that large is an attack
        }
      }
    }
    return new byte[0];
  }
}
