package dev.nightjar.settings;

import dev.nightjar.settings.SettingKey.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code nightjar init} writes: a commented file and its JSON schema, both made from the one
 * list of keys.
 */
public final class SettingsFile {
  private static final String EXAMPLE =
      """
      #  - name: parser
      #    command: ./mvnw -q -pl parser test -Pbench
      #    results: target/jmh-result.json
      #  - name: start
      #    command: build/app --version
      #    measure: [time, instructions, peak-memory, size: build/app]
      """;
  private static final Set<Kind> WITH_CHOICES = EnumSet.of(Kind.CHOICE, Kind.CHOICES, Kind.WORDS);
  private static final int COMMENT_WIDTH = 96;

  private SettingsFile() {}

  /**
   * A file in which every key stands with its default and its meaning; the defaults are commented
   * out.
   */
  public static String commented() {
    return commented("");
  }

  /**
   * The same behind keys that are filled already.
   *
   * @param filled lines of YAML, with an empty one at their end; may be empty
   */
  public static String commented(String filled) {
    StringBuilder text =
        new StringBuilder(
            """
            # What Nightjar does in this repository. Every key may be left out; what stands here in comments is the
            # default. 'nightjar config' prints what is in force and where each value comes from.
            """);
    text.append(filled.isEmpty() ? "" : "\n").append(filled.stripTrailing());
    text.append(filled.isEmpty() ? "" : "\n");
    for (SettingKey key : SettingsSchema.ROOT.children()) {
      text.append('\n');
      comment(text, "", key.meaning());
      switch (key.kind()) {
        case MAPPINGS -> text.append("#benchmarks:\n").append(EXAMPLE);
        case MAPPING -> {
          text.append('#').append(key.name()).append(":\n");
          key.children().forEach(child -> text.append("#  ").append(line(child)).append('\n'));
        }
        default -> text.append('#').append(line(key)).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(SettingKey key) {
    String value = key.name() + ": " + quoted(key.fallback());
    return key.kind() == Kind.CHOICE
        ? value + "  # " + String.join(" | ", key.choices())
        : value + (key.environment() == null ? "" : "  # or the variable " + key.environment());
  }

  private static String quoted(@Nullable String value) {
    String text = value == null ? "" : value;
    return text.contains("*") ? '"' + text + '"' : text;
  }

  private static void comment(StringBuilder text, String indent, String words) {
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : words.split(" ", -1)) {
      if (line.length() + 1 + word.length() > COMMENT_WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  /** The file's JSON schema (draft 2020-12), for editors. */
  public static String jsonSchema() {
    ObjectNode schema = mapping(SettingsSchema.ROOT);
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "nightjar.yaml");
    root.setAll(schema);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static ObjectNode mapping(SettingKey key) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("type", "object").put("additionalProperties", false);
    ObjectNode properties = node.putObject("properties");
    for (SettingKey child : key.children()) {
      ObjectNode property = property(child);
      property.put("description", child.meaning());
      if (child.fallback() != null) {
        property.put("default", child.fallback());
      }
      properties.set(child.name(), property);
    }
    List<String> required =
        key.children().stream().filter(SettingKey::required).map(SettingKey::name).toList();
    if (!required.isEmpty()) {
      words(node.putArray("required"), required);
    }
    return node;
  }

  private static ObjectNode property(SettingKey key) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    switch (key.kind()) {
      case MAPPING -> node.setAll(mapping(key));
      case MAPPINGS -> {
        node.put("type", "array");
        node.set("items", mapping(key));
      }
      case TEXTS -> node.put("type", "array").putObject("items").put("type", "string");
      case CHOICES -> {
        node.put("type", "array");
        words(node.putObject("items").putArray("enum"), key.choices());
      }
      case WORDS -> wordsWithArguments(node, key.choices());
      case CHOICE -> words(node.putArray("enum"), key.choices());
      case TEXT_MAP ->
          node.put("type", "object").putObject("additionalProperties").put("type", "string");
      case COUNT -> node.put("type", "integer").put("minimum", 0);
      case PROBABILITY ->
          node.put("type", "number").put("exclusiveMinimum", 0).put("exclusiveMaximum", 1);
      case SHARE -> words(node.putArray("type"), List.of("number", "string"));
      case DURATION -> node.put("type", "string").put("pattern", "^\\d+\\s*(ms|s|m|h|d)$");
      default -> node.put("type", "string");
    }
    return node;
  }

  private static void wordsWithArguments(ObjectNode node, List<String> words) {
    ArrayNode either = node.putArray("anyOf");
    words(either.addObject().putArray("enum"), words);
    ObjectNode list = either.addObject().put("type", "array");
    ArrayNode element = list.putObject("items").putArray("anyOf");
    words(element.addObject().putArray("enum"), words);
    ObjectNode withArgument = element.addObject().put("type", "object");
    withArgument.put("minProperties", 1);
    words(withArgument.putObject("propertyNames").putArray("enum"), words);
    withArgument.putObject("additionalProperties").put("type", "string");
  }

  private static void words(ArrayNode array, List<String> words) {
    words.forEach(array::add);
  }

  /** The keys with their defaults and meanings as a Markdown table. */
  public static String markdownTable() {
    StringBuilder table = new StringBuilder("| Key | Default | Meaning |\n|---|---|---|\n");
    rows(table, "", SettingsSchema.ROOT.children());
    return table.toString();
  }

  private static void rows(StringBuilder table, String prefix, List<SettingKey> keys) {
    for (SettingKey key : keys) {
      String path = prefix + key.name();
      if (key.kind() == Kind.MAPPING) {
        rows(table, path + ".", key.children());
        continue;
      }
      String meaning = key.meaning();
      if (WITH_CHOICES.contains(key.kind())) {
        meaning += key.choices().stream().collect(Collectors.joining("`, `", " (`", "`)"));
      }
      if (key.environment() != null) {
        meaning += " Overridden by `" + key.environment() + "`.";
      }
      String fallback =
          key.required() ? "required" : key.fallback() == null ? "" : "`" + key.fallback() + "`";
      table.append("| `%s` | %s | %s |%n".formatted(path, fallback, meaning.replace("|", "\\|")));
      if (key.kind() == Kind.MAPPINGS) {
        rows(table, path + "[].", key.children());
      }
    }
  }
}
