package dev.nightjar.gate.decision;

import java.util.regex.Pattern;

/** Names of benchmarks as people write them, {@code *} standing for any characters. */
public final class NamePattern {
  private NamePattern() {}

  /** Whether the pattern stands for the name. */
  public static boolean matches(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (String literal : pattern.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
  }
}
