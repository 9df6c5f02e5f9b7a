package dev.nightjar.model;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes values out of a text that nobody should read in it, and puts the name of the variable in
 * their place that they came from: what a reader could know stays readable.
 */
public final class Redaction {
  /** Takes nothing out. */
  public static final Redaction NONE = new Redaction(Map.of());

  /** Shorter values are numbers and words that stand everywhere, and no secrets. */
  private static final int SHORTEST = 4;

  private final Map<String, String> namesByValue;
  private final @Nullable Pattern values;

  private Redaction(Map<String, String> namesByValue) {
    this.namesByValue = namesByValue;
    values =
        namesByValue.isEmpty()
            ? null
            : Pattern.compile(
                namesByValue.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")));
  }

  /**
   * Hides the values of variables, and each line of one that has several.
   *
   * @param variables values by name
   */
  public static Redaction of(Map<String, String> variables) {
    Map<String, String> names = new TreeMap<>();
    new TreeMap<>(variables)
        .forEach((name, value) -> {
          names.putIfAbsent(value.strip(), name);
          value.lines().forEach(line -> names.putIfAbsent(line.strip(), name));
        });
    names.keySet().removeIf(value -> value.length() < SHORTEST);
    return names.isEmpty() ? NONE : new Redaction(names);
  }

  /** The text with a name such as <code>${TOKEN}</code> wherever a value stood. */
  public String applyTo(String text) {
    return values == null
        ? text
        : values
            .matcher(text)
            .replaceAll(
                match -> Matcher.quoteReplacement("${" + namesByValue.get(match.group()) + "}"));
  }

  /** Tells nothing of the values. */
  @Override
  public String toString() {
    return "redaction of " + namesByValue.values();
  }
}
