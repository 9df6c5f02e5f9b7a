package dev.nightjar.settings;

import java.util.List;
import java.util.Map;

/** A parsed YAML value that knows its line, so that an error can name it. */
sealed interface SettingNode {
  /** The line in the file, from 1. */
  int line();

  /** What the value is, in words. */
  String description();

  record Scalar(int line, String text) implements SettingNode {
    @Override
    public String description() {
      return "'" + text + "'";
    }
  }

  /** A key without a value, or {@code null}. */
  record Empty(int line) implements SettingNode {
    @Override
    public String description() {
      return "nothing";
    }
  }

  record Sequence(int line, List<SettingNode> entries) implements SettingNode {
    @Override
    public String description() {
      return "a list";
    }
  }

  record Mapping(int line, Map<String, Entry> entries) implements SettingNode {
    @Override
    public String description() {
      return "a mapping";
    }
  }

  /** A key of a mapping with the key's own line. */
  record Entry(int line, SettingNode value) {}
}
