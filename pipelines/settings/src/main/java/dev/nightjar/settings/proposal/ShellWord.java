package dev.nightjar.settings.proposal;

import java.util.regex.Pattern;

/** A name as one word of a shell's command, whatever is in it. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./+@:=-]+");

  private ShellWord() {}

  static String of(String name) {
    return PLAIN.matcher(name).matches() && !name.startsWith("-")
        ? name
        : "'" + name.replace("'", "'\\''") + "'";
  }

  /** Of a path: one that begins with a hyphen is no option. */
  static String ofPath(String path) {
    return of(path.startsWith("-") ? "./" + path : path);
  }
}
