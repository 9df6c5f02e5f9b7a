package dev.nightjar.settings;

import dev.nightjar.model.Failure;
import dev.nightjar.settings.trust.SettingsText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML into {@link SettingNode}s. */
final class YamlReader {
  private static final int DEPTH_MAX = 16;

  private final Path file;

  private YamlReader(Path file) {
    this.file = file;
  }

  /**
   * What a text says; an empty one is an empty mapping.
   *
   * @throws Failure.Misuse when it is no YAML mapping
   */
  static SettingNode.Mapping read(SettingsText settings) {
    return new YamlReader(settings.file()).document(settings.text());
  }

  private SettingNode.Mapping document(String text) {
    try (JsonParser parser = new YAMLMapper().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return new SettingNode.Mapping(1, Map.of());
      }
      if (value(parser, 0) instanceof SettingNode.Mapping mapping) {
        return mapping;
      }
      throw new Failure.Misuse(
          file
              + " must hold keys with values, such as 'publish: site/': 'nightjar init' writes one.");
    } catch (JacksonException e) {
      throw new Failure.Misuse(
          file
              + ", line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": this is not valid YAML ("
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + ").",
          e);
    }
  }

  private SettingNode value(JsonParser parser, int depth) {
    if (depth > DEPTH_MAX) {
      throw new Failure.Misuse(file + ", line " + line(parser) + ": nested too deeply.");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, depth);
      case START_ARRAY -> sequence(parser, depth);
      case VALUE_NULL -> new SettingNode.Empty(line(parser));
      default -> new SettingNode.Scalar(line(parser), parser.getString());
    };
  }

  private SettingNode mapping(JsonParser parser, int depth) {
    int line = line(parser);
    Map<String, SettingNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line(parser);
      parser.nextToken();
      if (entries.put(key, new SettingNode.Entry(keyLine, value(parser, depth + 1))) != null) {
        throw new Failure.Misuse(
            file + ", line " + keyLine + ": the key '" + key + "' stands here a second time.");
      }
    }
    return new SettingNode.Mapping(line, entries);
  }

  private SettingNode sequence(JsonParser parser, int depth) {
    int line = line(parser);
    List<SettingNode> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      entries.add(value(parser, depth + 1));
    }
    return new SettingNode.Sequence(line, entries);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
