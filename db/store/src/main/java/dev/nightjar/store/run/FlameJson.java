package dev.nightjar.store.run;

import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.FlameFrame;
import dev.nightjar.store.sql.StoredText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Flame graphs as they are stored: {@code [name, before, after, [children]]}. */
final class FlameJson {
  private FlameJson() {}

  static String of(FlameFrame frame) {
    ArrayNode node = JsonMapper.shared().createArrayNode();
    write(frame, node);
    return node.toString();
  }

  private static void write(FlameFrame frame, ArrayNode node) {
    node.add(StoredText.of(frame.name())).add(frame.cost().before()).add(frame.cost().after());
    ArrayNode children = node.addArray();
    frame.children().forEach(child -> write(child, children.addArray()));
  }

  static FlameFrame read(String json) {
    return frame(JsonMapper.shared().readTree(json));
  }

  private static FlameFrame frame(JsonNode node) {
    List<FlameFrame> children = new ArrayList<>();
    node.path(3).forEach(child -> children.add(frame(child)));
    return new FlameFrame(
        node.path(0).asString(),
        new CostChange(node.path(1).asDouble(), node.path(2).asDouble()),
        children);
  }

  static String texts(List<String> texts) {
    ArrayNode node = JsonMapper.shared().createArrayNode();
    texts.forEach(text -> node.add(StoredText.of(text)));
    return node.toString();
  }

  static List<String> readTexts(String json) {
    List<String> texts = new ArrayList<>();
    JsonMapper.shared().readTree(json).forEach(text -> texts.add(text.asString()));
    return texts;
  }
}
