package dev.nightjar.jobs;

import dev.nightjar.settings.Settings;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The settings of a run as they are kept with it: every value in force, secrets masked. */
final class SettingsJson {
  private SettingsJson() {}

  static String of(Settings settings) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    settings.resolved().forEach(setting -> node.put(setting.path(), setting.value()));
    return JsonMapper.shared().writeValueAsString(node);
  }
}
