package dev.nightjar.model.finding;

import java.util.List;

/**
 * What the judgement of a run says of findings.
 *
 * @param open those that are open behind it, be they found by it or before
 * @param ended those that end with it
 */
public record RunFindings(List<Finding> open, List<FindingEnd> ended) {
  public static final RunFindings NONE = new RunFindings(List.of(), List.of());

  public RunFindings {
    open = List.copyOf(open);
    ended = List.copyOf(ended);
  }
}
