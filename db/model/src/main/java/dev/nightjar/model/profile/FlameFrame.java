package dev.nightjar.model.profile;

import java.util.List;

/**
 * A box of a flame graph: a function as it is called by those below it.
 *
 * @param name of the function
 * @param cost of it and all above it
 * @param children what it calls, by name
 */
public record FlameFrame(String name, CostChange cost, List<FlameFrame> children) {
  public FlameFrame {
    children = List.copyOf(children);
  }

  /** How many boxes there are, this one counted. */
  public int size() {
    return 1 + children.stream().mapToInt(FlameFrame::size).sum();
  }
}
