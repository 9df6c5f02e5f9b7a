package dev.nightjar.kernel.modules;

import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.Errno;
import dev.nightjar.kernel.linux.HeldFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A file of {@code key: value} lines, of which some keys come more than once. */
public final class ProcLines {
  private final Map<String, List<String>> values = new HashMap<>();

  private ProcLines(String text) {
    for (String line : text.split("\n")) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        values
            .computeIfAbsent(line.substring(0, colon), key -> new ArrayList<>())
            .add(line.substring(colon + 2));
      }
    }
  }

  public static ProcLines of(String text) {
    return new ProcLines(text);
  }

  /** Reads a module's file whole. */
  public static ProcLines read(KernelModule module, String path) throws ModuleFailure {
    try (HeldFile file = HeldFile.open(path, true)) {
      int length = file.read();
      if (length < 0) {
        throw ModuleFailure.of(module, "showing " + path, -length);
      }
      return of(new String(file.bytes(), 0, length, StandardCharsets.UTF_8));
    } catch (CannotOpen e) {
      if (e.errno() == Errno.ENOENT) {
        throw new ModuleFailure.Absent(module);
      }
      throw ModuleFailure.of(module, "showing " + path, e.errno());
    }
  }

  /** The number of a line; empty if it is not there or no number. */
  public OptionalLong number(String key) {
    List<String> found = values.getOrDefault(key, List.of());
    return found.size() == 1 ? number(found.getFirst(), 10) : OptionalLong.empty();
  }

  /** The values of all lines of a key. */
  public List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /** The {@code name=value} words of a line. */
  public static Map<String, String> words(String line) {
    Map<String, String> words = new HashMap<>();
    for (String word : line.split(" ")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return words;
  }

  /** The number of a word; empty if it is not there or no number. */
  public static OptionalLong number(Map<String, String> words, String name) {
    String text = words.get(name);
    return text == null ? OptionalLong.empty() : number(text, 10);
  }

  public static OptionalLong number(String text, int radix) {
    try {
      return OptionalLong.of(Long.parseLong(text, radix));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // absent: the line holds no such number
    }
  }
}
