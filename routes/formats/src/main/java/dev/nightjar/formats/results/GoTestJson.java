package dev.nightjar.formats.results;

import dev.nightjar.formats.reading.LineFormat;
import dev.nightjar.formats.reading.ResultSink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code go test -json}: an event a line, of which {@code output} holds the text of {@link
 * GoBenchText} in pieces, for each package its own.
 */
final class GoTestJson implements LineFormat {
  private static final int LONGEST_LINE = 1 << 16;
  private static final Pattern ACTION = Pattern.compile("\"Action\"\\s*:\\s*\"");

  private final ResultSink sink;
  private final Map<String, GoBenchText> texts = new HashMap<>();
  private final Map<String, StringBuilder> lines = new HashMap<>();
  private final Set<String> toldToFail = new HashSet<>();

  GoTestJson(ResultSink sink) {
    this.sink = sink;
  }

  static boolean recognises(String line) {
    return line.startsWith("{") && ACTION.matcher(line).find();
  }

  @Override
  public boolean mayEndWith(String line) {
    return line.endsWith("}");
  }

  @Override
  public void line(String line) {
    if (!line.startsWith("{")) {
      text("").line(line); // what the tool chain itself says
      return;
    }
    try {
      JsonNode event = JsonMapper.shared().readTree(line);
      String name = event.path("Package").asString("");
      switch (event.path("Action").asString("")) {
        case "output" -> output(name, event.path("Output").asString(""));
        case "fail" -> {
          if (!event.has("Test") && !toldToFail.contains(name)) {
            text(name).startPackage(name);
            text(name).line("FAIL\t" + name); // its output was filtered away
          }
        }
        default -> {} // what goes well, the output tells
      }
    } catch (JacksonException e) {
      sink.leftOut(null, "this line is no JSON: " + e.getOriginalMessage());
    }
  }

  private void output(String name, String output) {
    StringBuilder line = lines.computeIfAbsent(name, any -> new StringBuilder());
    for (int i = 0; i < output.length(); i++) {
      char c = output.charAt(i);
      if (c != '\n') {
        if (line.length() < LONGEST_LINE && c != '\r') {
          line.append(c);
        }
      } else {
        whole(name, line);
      }
    }
  }

  private void whole(String name, StringBuilder line) {
    String text = line.toString();
    line.setLength(0);
    if (text.startsWith("FAIL\t")) {
      toldToFail.add(name);
    }
    if (!text.isBlank()) {
      text(name).startPackage(name);
      text(name).line(text);
    }
  }

  private GoBenchText text(String name) {
    return texts.computeIfAbsent(name, any -> new GoBenchText(sink));
  }

  @Override
  public void end() {
    lines.forEach((name, line) -> {
      if (!line.isEmpty() && text(name).mayEndWith(line.toString())) {
        whole(name, line);
      } else if (!line.isEmpty()) {
        sink.lost(null, "the output of " + name + " ends within a line");
      }
    });
    texts.values().forEach(GoBenchText::end);
  }
}
