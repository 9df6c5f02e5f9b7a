package dev.nightjar.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key that may stand in {@code nightjar.yaml}.
 *
 * @param name the key itself, without its parents'
 * @param kind what its value must be
 * @param fallback the default, as it would be written in the file; absent where a key is required
 *     or has none
 * @param required whether its mapping is incomplete without it
 * @param meaning one or two sentences for the person who writes the file
 * @param choices the words allowed, for {@link Kind#CHOICE} and {@link Kind#CHOICES}
 * @param children the keys of a {@link Kind#MAPPING}, or of each entry of {@link Kind#MAPPINGS}
 * @param environment the variable that overrides the file; absent when there is none
 */
record SettingKey(
    String name,
    Kind kind,
    @Nullable String fallback,
    boolean required,
    String meaning,
    List<String> choices,
    List<SettingKey> children,
    @Nullable String environment) {

  /** What a value must be. */
  enum Kind {
    TEXT("text"),
    /** A shell's line; what its variables stand for is never printed. */
    COMMAND("text"),
    PATH("a path"),
    /** A server's address, or {@code embedded}; its password is never printed. */
    STORE_URL("a URL or 'embedded'"),
    DURATION("a duration such as 500ms, 30s, 5m or 2h"),
    SHARE("a share such as 2% or 0.02"),
    PROBABILITY("a number between 0 and 1, exclusive"),
    COUNT("a whole number of at least 0"),
    CHOICE("one of a few words"),
    TEXTS("a list of texts"),
    CHOICES("a list of words"),
    /** Words of which some have an argument: {@code size: PATH}. */
    WORDS("a list of words, such as [time, size: build/app]"),
    TEXT_MAP("a mapping of names to texts"),
    MAPPING("a mapping"),
    MAPPINGS("a list of mappings");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  static SettingKey of(String name, Kind kind, @Nullable String fallback, String meaning) {
    return new SettingKey(name, kind, fallback, false, meaning, List.of(), List.of(), null);
  }

  static SettingKey choice(String name, String fallback, String meaning, String... choices) {
    return new SettingKey(
        name, Kind.CHOICE, fallback, false, meaning, List.of(choices), List.of(), null);
  }

  static SettingKey mapping(String name, String meaning, SettingKey... children) {
    return new SettingKey(
        name, Kind.MAPPING, null, false, meaning, List.of(), List.of(children), null);
  }

  static SettingKey mappings(String name, String meaning, SettingKey... children) {
    return new SettingKey(
        name, Kind.MAPPINGS, null, false, meaning, List.of(), List.of(children), null);
  }

  SettingKey asRequired() {
    return new SettingKey(name, kind, fallback, true, meaning, choices, children, environment);
  }

  SettingKey overriddenBy(String variable) {
    return new SettingKey(name, kind, fallback, required, meaning, choices, children, variable);
  }
}
