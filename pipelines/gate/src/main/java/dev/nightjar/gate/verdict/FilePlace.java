package dev.nightjar.gate.verdict;

import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of a file.
 *
 * @param file as a path in the repository, with slashes
 * @param line the first, counted from 1
 */
public record FilePlace(String file, int line, int lastLine) {
  public FilePlace {
    line = Math.max(1, line);
    lastLine = Math.max(line, lastLine);
  }

  /** Becomes the place of a location in SARIF. */
  void describe(ObjectNode location) {
    ObjectNode physical = location.putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", UriPath.of(file));
    physical.putObject("region").put("startLine", line).put("endLine", lastLine);
  }
}
