package dev.nightjar.bench.profile;

import dev.nightjar.model.profile.CodeFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What one version costs, by the stacks of functions in which it is spent. */
final class CallTree {
  private static final int MOST_NODES = 1_000_000;
  private static final int DEEPEST = 200;

  private final Node root = new Node();
  private final Map<CodeFunction, LineRange> lines = new HashMap<>();
  private final double sampleCost;
  private int nodes;

  /**
   * Nothing yet.
   *
   * @param sampleCost what a sample stands for; 1 where costs are counts
   */
  CallTree(double sampleCost) {
    this.sampleCost = sampleCost;
  }

  /** A function called by those above it. */
  static final class Node {
    private final Map<CodeFunction, Node> children = new LinkedHashMap<>();
    private double self;

    Map<CodeFunction, Node> children() {
      return children;
    }

    double self() {
      return self;
    }
  }

  /** Lines of a function that ran. */
  record LineRange(int first, int last) {
    LineRange with(int line) {
      return new LineRange(Math.min(first, line), Math.max(last, line));
    }
  }

  /** What a function costs. */
  record Cost(double self, double inclusive) {
    static final Cost NONE = new Cost(0, 0);

    Cost by(double factor) {
      return new Cost(self * factor, inclusive * factor);
    }

    Cost plus(Cost other) {
      return new Cost(self + other.self, inclusive + other.inclusive);
    }
  }

  /**
   * Adds to the cost of a stack; of one that is too deep, or where there are too many, to that of
   * its callers.
   *
   * @param stack the outermost function first
   */
  void add(List<CodeFunction> stack, double cost) {
    Node node = root;
    for (CodeFunction function : stack.subList(0, Math.min(DEEPEST, stack.size()))) {
      Node child = node.children.get(function);
      if (child == null) {
        if (nodes == MOST_NODES) {
          break;
        }
        child = new Node();
        node.children.put(function, child);
        nodes++;
      }
      node = child;
    }
    node.self += cost;
  }

  /** That line of a function ran. */
  void ran(CodeFunction function, int line) {
    if (line > 0) {
      lines.merge(function, new LineRange(line, line), (known, one) -> known.with(one.first()));
    }
  }

  double sampleCost() {
    return sampleCost;
  }

  Node root() {
    return root;
  }

  Map<CodeFunction, LineRange> lines() {
    return lines;
  }

  /** What each function costs; one that calls itself counts once. */
  Map<CodeFunction, Cost> costs() {
    Map<CodeFunction, Cost> costs = new HashMap<>();
    BiConsumer<CodeFunction, Cost> add =
        (function, cost) -> costs.merge(function, cost, Cost::plus);
    sum(root, new HashSet<>(), add);
    return costs;
  }

  double total() {
    return sum(root, new HashSet<>(), (function, cost) -> {});
  }

  private static double sum(
      Node node, Set<CodeFunction> above, BiConsumer<CodeFunction, Cost> costs) {
    double sum = node.self;
    for (Map.Entry<CodeFunction, Node> child : node.children.entrySet()) {
      CodeFunction function = child.getKey();
      boolean isOutermost = above.add(function);
      double below = sum(child.getValue(), above, costs);
      costs.accept(function, new Cost(child.getValue().self, isOutermost ? below : 0));
      if (isOutermost) {
        above.remove(function);
      }
      sum += below;
    }
    return sum;
  }
}
