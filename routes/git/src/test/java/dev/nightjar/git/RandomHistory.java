package dev.nightjar.git;

import dev.nightjar.git.ImportStream.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A history of random edits, renames, moves of whole folders, copies, changes of mode and type,
 * binary files, submodules and merges. The same seed makes the same history.
 */
public final class RandomHistory {
  private static final List<String> COMMON_LINES =
      List.of("", "}", "  }", "  return 0;", "/*", " */", "#endif");
  private static final List<String> FOLDERS =
      List.of("", "src/", "src/main/", "src/main/deep/er/", "doc/", "src.old/", "a b/", "\u00e4/");

  private final RandomGenerator random;
  private final Map<String, Entry> files = new TreeMap<>();
  private final boolean lastLinesMayLackNewline;
  private int fresh;

  private RandomHistory(long seed, boolean lastLinesMayLackNewline) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.lastLinesMayLackNewline = lastLinesMayLackNewline;
  }

  /** Makes so many commits on main. */
  public static void into(GitCommand git, long seed, int commits) {
    RandomHistory history = new RandomHistory(seed, countsAsThisReaderDoes(git));
    ImportStream stream = new ImportStream();
    history.write(stream, commits);
    stream.into(git);
  }

  /**
   * Since version 2.44 git looks at what follows the last newline when it measures similarity; the
   * reader does as git did for the eighteen years before (see README.md).
   */
  private static boolean countsAsThisReaderDoes(GitCommand git) {
    String[] version = git.text("--version").split("[ .]");
    int major = Integer.parseInt(version[2]);
    return major < 2 || (major == 2 && Integer.parseInt(version[3]) < 44);
  }

  private void write(ImportStream stream, int commits) {
    long seconds = 1_500_000_000;
    int previous = 0;
    int beforeThat = 0;
    for (int i = 0; i < commits; i++) {
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        change();
      }
      seconds += random.nextInt(5000) - 500;
      boolean merge = beforeThat > 0 && random.nextInt(8) == 0;
      int[] parents =
          previous == 0
              ? new int[0]
              : merge ? new int[] {previous, beforeThat} : new int[] {previous};
      beforeThat = previous;
      previous = stream.commit("refs/heads/main", "change " + i + "\n", seconds, parents);
      stream.tree(files);
    }
  }

  private void change() {
    switch (random.nextInt(files.size() < 10 ? 2 : 16)) {
      case 0, 1 -> add(path(), text(random.nextInt(120)));
      case 2 -> remove();
      case 3 -> moveFolder();
      case 4 -> rename(false);
      case 5, 6 -> rename(true);
      case 7 -> changeMode();
      case 8 -> oddFile();
      case 9 -> rewrite();
      case 10 -> add(path(), any().content());
      default -> edit();
    }
  }

  private void add(String path, byte[] content) {
    if (isFree(path)) {
      files.put(path, new Entry("100644", content));
    }
  }

  /** No file may be where a folder is, and the other way round. */
  private boolean isFree(String path) {
    for (String other : files.keySet()) {
      if (other.startsWith(path + "/") || path.startsWith(other + "/")) {
        return false;
      }
    }
    return true;
  }

  private String path() {
    String name =
        random.nextInt(3) == 0
            ? "file" + random.nextInt(12) + ".c"
            : "n" + fresh++ + (random.nextBoolean() ? ".txt" : "");
    if (random.nextInt(20) == 0) {
      name = "odd\n\t\"\u00ff" + name;
    }
    return FOLDERS.get(random.nextInt(FOLDERS.size())) + name;
  }

  private String anyPath() {
    List<String> paths = List.copyOf(files.keySet());
    return paths.get(random.nextInt(paths.size()));
  }

  private Entry any() {
    Entry entry = files.get(anyPath());
    return entry.mode().equals("160000") ? new Entry("100644", text(10)) : entry;
  }

  private void remove() {
    files.remove(anyPath());
  }

  private void rename(boolean edited) {
    String from = anyPath();
    Entry entry = files.remove(from);
    String name = from.substring(from.lastIndexOf('/') + 1);
    String to = random.nextBoolean() ? path() : FOLDERS.get(random.nextInt(FOLDERS.size())) + name;
    if (!isFree(to) || files.containsKey(to)) {
      files.put(from, entry);
      return;
    }
    boolean text = entry.mode().startsWith("100");
    files.put(to, edited && text ? new Entry(entry.mode(), edited(entry.content())) : entry);
  }

  private void moveFolder() {
    String from = FOLDERS.get(1 + random.nextInt(FOLDERS.size() - 1));
    String to = "moved" + random.nextInt(3) + "/";
    for (String path : List.copyOf(files.keySet())) {
      String target = to + path.substring(Math.min(path.length(), from.length()));
      if (path.startsWith(from) && isFree(target)) {
        Entry entry = files.remove(path);
        files.put(
            target,
            random.nextInt(4) == 0 && entry.mode().equals("100644")
                ? new Entry("100644", edited(entry.content()))
                : entry);
      }
    }
  }

  private void changeMode() {
    String path = anyPath();
    Entry entry = files.get(path);
    if (entry.mode().equals("100644")) {
      files.put(path, new Entry("100755", entry.content()));
    } else if (entry.mode().equals("100755")) {
      files.put(path, new Entry("120000", "elsewhere".getBytes(StandardCharsets.US_ASCII)));
    } else {
      files.put(path, new Entry("100644", text(20)));
    }
  }

  private void oddFile() {
    String path = path();
    if (!isFree(path)) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] binary = new byte[random.nextInt(5000)];
        random.nextBytes(binary);
        files.put(path, new Entry("100644", binary));
      }
      case 1 -> files.put(path, new Entry("100644", new byte[0]));
      case 2 ->
          files.put(
              path, new Entry("120000", ("to/" + fresh++).getBytes(StandardCharsets.US_ASCII)));
      default -> {
        String commit = "%040x".formatted(random.nextLong(1, Long.MAX_VALUE));
        files.put(path, new Entry("160000", commit.getBytes(StandardCharsets.US_ASCII)));
      }
    }
  }

  /** A long text in another order: what makes a difference expensive to find. */
  private void rewrite() {
    String path = anyPath();
    if (files.get(path).mode().equals("100644")) {
      List<String> lines = new ArrayList<>();
      int distinct = 2 + random.nextInt(400);
      for (int i = random.nextInt(3000); i > 0; i--) {
        lines.add("line " + random.nextInt(distinct));
      }
      files.put(path, new Entry("100644", joined(lines)));
    }
  }

  private void edit() {
    String path = anyPath();
    Entry entry = files.get(path);
    if (entry.mode().startsWith("100")) {
      files.put(path, new Entry(entry.mode(), edited(entry.content())));
    }
  }

  private byte[] edited(byte[] content) {
    List<String> lines =
        new ArrayList<>(
            Arrays.asList(new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    for (int edits = 1 + random.nextInt(12); edits > 0; edits--) {
      int at = random.nextInt(lines.size() + 1);
      switch (random.nextInt(4)) {
        case 0 -> lines.addAll(at, someLines(random.nextInt(8)));
        case 1 -> lines.subList(at, Math.min(lines.size(), at + random.nextInt(8))).clear();
        case 2 -> moveBlock(lines, at);
        default -> {
          if (at < lines.size()) {
            lines.set(at, line());
          }
        }
      }
    }
    return joined(lines);
  }

  private void moveBlock(List<String> lines, int at) {
    List<String> block = lines.subList(at, Math.min(lines.size(), at + random.nextInt(30)));
    List<String> moved = List.copyOf(block);
    block.clear();
    lines.addAll(random.nextInt(lines.size() + 1), moved);
  }

  private List<String> someLines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line());
    }
    return lines;
  }

  private String line() {
    return switch (random.nextInt(4)) {
      case 0 -> COMMON_LINES.get(random.nextInt(COMMON_LINES.size()));
      case 1 -> "  statement " + random.nextInt(30) + ";";
      case 2 -> "windows " + random.nextInt(1000) + "\r";
      default -> "only once " + random.nextLong() + " ".repeat(random.nextInt(90)) + "end";
    };
  }

  private byte[] text(int lines) {
    return joined(someLines(lines));
  }

  private byte[] joined(List<String> lines) {
    String text = String.join("\n", lines);
    boolean lacks = lastLinesMayLackNewline && random.nextInt(6) == 0;
    return (lines.isEmpty() || lacks ? text : text + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
