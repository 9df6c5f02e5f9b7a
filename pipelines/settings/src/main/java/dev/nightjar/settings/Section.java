package dev.nightjar.settings;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the file together with the keys it may have; gives typed values and notes where each
 * came from.
 */
final class Section {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern PASSWORD =
      Pattern.compile("(://[^/@]*?:)[^/]*@|((?i)password=)[^&]*");

  /** What all sections of one file share. */
  record Source(
      String fileName, Variables variables, Redaction redaction, List<ResolvedSetting> resolved) {}

  private final Source source;
  private final SettingKey key;
  private final String prefix;
  private final SettingNode.Mapping node;

  Section(Source source, SettingKey key, String prefix, SettingNode.Mapping node) {
    this.source = source;
    this.key = key;
    this.prefix = prefix;
    this.node = node;
    refuseUnknownKeys();
    refuseMissingKeys();
  }

  private void refuseUnknownKeys() {
    List<String> known = key.children().stream().map(SettingKey::name).toList();
    node.entries()
        .forEach((name, entry) -> {
          String reason = prefix.isEmpty() ? SettingsSchema.WITHOUT_EFFECT.get(name) : null;
          if (reason != null) {
            throw misuse(entry.line(), "'" + name + "' would do nothing, as " + reason);
          }
          if (!known.contains(name)) {
            String advice =
                Nearest.to(name, known)
                    .map(nearest -> "did you mean '" + nearest + "'?")
                    .orElse("known here are: " + String.join(", ", known) + ".");
            throw misuse(entry.line(), "unknown key '" + prefix + name + "'; " + advice);
          }
        });
  }

  private void refuseMissingKeys() {
    for (SettingKey child : key.children()) {
      if (child.required() && !node.entries().containsKey(child.name())) {
        throw misuse(node.line(), "'" + prefix + child.name() + "' is missing: " + child.meaning());
      }
    }
  }

  /** A value that has a default or is required. */
  String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalStateException(prefix + name + " has no default"));
  }

  Optional<String> optionalText(String name) {
    SettingKey child = child(name);
    String variable = child.environment();
    if (variable != null) {
      String value = source.variables().get(variable);
      if (value != null && !value.isBlank()) {
        return Optional.of(note(child, value.strip(), "environment " + variable));
      }
    }
    SettingNode.Entry entry = node.entries().get(name);
    if (entry != null && entry.value() instanceof SettingNode.Scalar scalar) {
      String value = expanded(child, scalar);
      note(child, shown(child, scalar, value), source.fileName() + ":" + scalar.line());
      return Optional.of(value);
    }
    if (entry != null && !(entry.value() instanceof SettingNode.Empty)) {
      throw wrongType(child, entry.value());
    }
    if (entry != null && child.required()) {
      throw wrongType(child, entry.value());
    }
    String fallback = child.fallback();
    return fallback == null ? Optional.empty() : Optional.of(note(child, fallback, "default"));
  }

  Path path(String name) {
    String text = text(name);
    try {
      return Path.of(text);
    } catch (java.nio.file.InvalidPathException e) {
      throw wrongValue(name, text);
    }
  }

  Duration duration(String name) {
    String text = text(name);
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrongValue(name, text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** A share as a fraction: {@code 2%} is 0.02. */
  double share(String name) {
    String text = text(name);
    boolean percent = text.endsWith("%");
    double value = number(name, percent ? text.substring(0, text.length() - 1).strip() : text);
    double share = percent ? value / 100 : value;
    if (share < 0 || share > 10) {
      throw wrongValue(name, text);
    }
    return share;
  }

  double probability(String name) {
    String text = text(name);
    double value = number(name, text);
    if (!(value > 0 && value < 1)) {
      throw wrongValue(name, text);
    }
    return value;
  }

  OptionalInt optionalCount(String name) {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("\\d{1,7}")) {
      throw wrongValue(name, text.get());
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  Optional<String> optionalChoice(String name) {
    return optionalText(name).isEmpty() ? Optional.empty() : Optional.of(choice(name));
  }

  OptionalDouble optionalShare(String name) {
    return optionalText(name).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(share(name));
  }

  String choice(String name) {
    String text = text(name);
    List<String> choices = child(name).choices();
    String word = choices.contains(text) ? text : onOrOff(text);
    if (!choices.contains(word)) {
      throw notAChoice(name, text, choices);
    }
    return word;
  }

  /** YAML has several words for two of them, in any case. */
  private static String onOrOff(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "yes", "true" -> "on";
      case "off", "no", "false" -> "off";
      default -> text;
    };
  }

  List<String> texts(String name) {
    SettingNode.Entry entry = node.entries().get(name);
    SettingKey child = child(name);
    if (entry == null || entry.value() instanceof SettingNode.Empty) {
      String fallback = child.fallback();
      note(child, fallback == null ? "[]" : fallback, "default");
      return fallback == null ? List.of() : inlineList(fallback);
    }
    List<String> texts = new ArrayList<>();
    if (entry.value() instanceof SettingNode.Scalar scalar) {
      texts.add(expanded(child, scalar));
    } else if (entry.value() instanceof SettingNode.Sequence sequence) {
      for (SettingNode element : sequence.entries()) {
        if (!(element instanceof SettingNode.Scalar scalar)) {
          throw wrongType(child, element);
        }
        texts.add(expanded(child, scalar));
      }
    } else {
      throw wrongType(child, entry.value());
    }
    String shown = source.redaction().applyTo("[" + String.join(", ", texts) + "]");
    note(child, shown, source.fileName() + ":" + entry.line());
    return List.copyOf(texts);
  }

  List<String> choices(String name) {
    List<String> words = texts(name);
    List<String> choices = child(name).choices();
    for (String word : words) {
      if (!choices.contains(word)) {
        throw notAChoice(name, word, choices);
      }
    }
    return words;
  }

  /** Words, each alone or with an argument: {@code [time, size: build/app]}. */
  List<Map.Entry<String, String>> words(String name) {
    SettingKey child = child(name);
    SettingNode.Entry entry = node.entries().get(name);
    if (entry == null || entry.value() instanceof SettingNode.Empty) {
      note(child, "", "default");
      return List.of();
    }
    List<SettingNode> elements =
        entry.value() instanceof SettingNode.Sequence sequence
            ? sequence.entries()
            : List.of(entry.value());
    List<Map.Entry<String, String>> words = new ArrayList<>();
    for (SettingNode element : elements) {
      words.addAll(words(child, element));
    }
    note(
        child,
        source.redaction().applyTo(words.toString()),
        source.fileName() + ":" + entry.line());
    return words;
  }

  private List<Map.Entry<String, String>> words(SettingKey child, SettingNode element) {
    List<Map.Entry<String, String>> words = new ArrayList<>();
    if (element instanceof SettingNode.Scalar scalar) {
      words.add(Map.entry(expanded(child, scalar), ""));
    } else if (element instanceof SettingNode.Mapping mapping) {
      mapping
          .entries()
          .forEach((word, argument) -> {
            if (!(argument.value() instanceof SettingNode.Scalar scalar)) {
              throw wrongType(child, argument.value());
            }
            words.add(Map.entry(word, expanded(child, scalar)));
          });
    } else {
      throw wrongType(child, element);
    }
    for (Map.Entry<String, String> word : words) {
      if (!child.choices().contains(word.getKey())) {
        throw notAChoice(child.name(), word.getKey(), child.choices());
      }
    }
    return words;
  }

  Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    mappingOf(name)
        .ifPresent(mapping ->
            mapping
                .entries()
                .forEach((entryName, entry) -> {
                  if (!(entry.value() instanceof SettingNode.Scalar scalar)) {
                    throw wrongType(child(name), entry.value());
                  }
                  texts.put(entryName, expanded(child(name), scalar));
                }));
    return texts;
  }

  /** A mapping below this one; empty when it is not in the file. */
  Section section(String name) {
    return new Section(
        source,
        child(name),
        prefix + name + ".",
        mappingOf(name).orElse(new SettingNode.Mapping(node.line(), Map.of())));
  }

  /** The entries of a list of mappings. */
  List<Section> sections(String name) {
    SettingNode.Entry entry = node.entries().get(name);
    if (entry == null || entry.value() instanceof SettingNode.Empty) {
      return List.of();
    }
    if (!(entry.value() instanceof SettingNode.Sequence sequence)) {
      throw wrongType(child(name), entry.value());
    }
    List<Section> sections = new ArrayList<>();
    for (SettingNode element : sequence.entries()) {
      if (!(element instanceof SettingNode.Mapping mapping)) {
        throw wrongType(child(name), element);
      }
      sections.add(
          new Section(source, child(name), prefix + name + "[" + sections.size() + "].", mapping));
    }
    return sections;
  }

  Failure.Misuse misuse(String name, String complaint) {
    return misuse(lineOf(name), complaint);
  }

  /** What hides the values that the file takes from elsewhere. */
  Redaction redaction() {
    return source.redaction();
  }

  private Optional<SettingNode.Mapping> mappingOf(String name) {
    SettingNode.Entry entry = node.entries().get(name);
    if (entry == null || entry.value() instanceof SettingNode.Empty) {
      return Optional.empty();
    }
    if (entry.value() instanceof SettingNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    throw wrongType(child(name), entry.value());
  }

  private String expanded(SettingKey child, SettingNode.Scalar scalar) {
    Variables.Complaint complaint = problem -> misuse(scalar.line(), problem);
    return child.kind() == SettingKey.Kind.STORE_URL
        ? source.variables().expandAddress(scalar.text(), complaint)
        : source.variables().expand(scalar.text(), complaint);
  }

  /** A command is shown as it was written: what its variables stand for may be a secret. */
  private String shown(SettingKey child, SettingNode.Scalar scalar, String value) {
    return child.kind() == SettingKey.Kind.COMMAND
        ? scalar.text()
        : source.variables().secrets(scalar.text()).applyTo(value);
  }

  private String note(SettingKey child, String value, String origin) {
    String shown =
        child.kind() == SettingKey.Kind.STORE_URL
            ? PASSWORD.matcher(value).replaceAll(Section::masked)
            : value;
    source.resolved().add(new ResolvedSetting(prefix + child.name(), shown, origin));
    return value;
  }

  private static String masked(java.util.regex.MatchResult match) {
    return match.group(1) != null
        ? Matcher.quoteReplacement(match.group(1)) + "****@"
        : Matcher.quoteReplacement(match.group(2)) + "****";
  }

  private SettingKey child(String name) {
    return key.children().stream()
        .filter(child -> child.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(prefix + name + " is not in the schema"));
  }

  private double number(String name, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN; // refused below, like the number that is none
    }
    if (!Double.isFinite(value)) {
      throw wrongValue(name, text);
    }
    return value;
  }

  private Failure.Misuse wrongValue(String name, String text) {
    return misuse(
        name,
        "'"
            + prefix
            + name
            + "' must be "
            + child(name).kind().description()
            + ", not '"
            + text
            + "'.");
  }

  private Failure.Misuse notAChoice(String name, String word, List<String> choices) {
    String advice =
        Nearest.to(word, choices).map(nearest -> " Did you mean '" + nearest + "'?").orElse("");
    return misuse(
        name,
        "'"
            + prefix
            + name
            + "' knows "
            + String.join(", ", choices)
            + ", not '"
            + word
            + "'."
            + advice);
  }

  private Failure.Misuse wrongType(SettingKey child, SettingNode found) {
    return misuse(
        found.line(),
        "'"
            + prefix
            + child.name()
            + "' must be "
            + child.kind().description()
            + ", not "
            + found.description()
            + ".");
  }

  private int lineOf(String name) {
    SettingNode.@Nullable Entry entry = node.entries().get(name);
    return entry == null ? node.line() : entry.line();
  }

  private Failure.Misuse misuse(int line, String complaint) {
    return new Failure.Misuse(
        source.fileName() + ", line " + line + ": " + source.redaction().applyTo(complaint));
  }

  private static List<String> inlineList(String text) {
    String inner = text.substring(1, text.length() - 1).strip();
    return inner.isEmpty() ? List.of() : List.of(inner.split("\\s*,\\s*"));
  }
}
