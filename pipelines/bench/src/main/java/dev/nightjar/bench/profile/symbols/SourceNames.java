package dev.nightjar.bench.profile.symbols;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of functions, programs and sources, made such that they are the same in both versions'
 * folders.
 */
public final class SourceNames {
  /** What compilers append to the name of a function that they cloned or split. */
  private static final Pattern CLONE =
      Pattern.compile(
          "(\\.(cold|constprop|isra|part|lto_priv|llvm|localalias|clone)(\\.\\d+)*)+$"
              + "|( \\[clone [^\\]]*\\])+$");

  private static final int LONGEST = 2000;

  private final Path tree;

  /** Of a version that stands in this folder. */
  public SourceNames(Path tree) {
    this.tree = tree.toAbsolutePath().normalize();
  }

  /** The name of a function without what is no part of it. */
  public static String function(String name) {
    String plain = CLONE.matcher(name).replaceFirst("");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }

  /** A source file: relative to the version's folder inside of it, else as it is written. */
  public @Nullable String source(String file) {
    if (file.isEmpty() || file.startsWith("??")) {
      return null;
    }
    Path path = normalized(file);
    return path != null && path.startsWith(tree) ? tree.relativize(path).toString() : file;
  }

  /** A program or library: relative inside of the version's folder, else its last name. */
  public String object(String file) {
    Path path = normalized(file);
    if (path == null || path.getFileName() == null) {
      return file;
    }
    return path.startsWith(tree) ? tree.relativize(path).toString() : path.getFileName().toString();
  }

  private static @Nullable Path normalized(String file) {
    try {
      return Path.of(file).normalize();
    } catch (InvalidPathException e) {
      return null; // no name of a file: shown as it is
    }
  }
}
