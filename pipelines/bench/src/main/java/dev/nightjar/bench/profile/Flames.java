package dev.nightjar.bench.profile;

import dev.nightjar.model.profile.CodeFunction;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.FlameFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays the stacks of two versions over each other: one flame graph in which each box knows what it
 * costs in both. Boxes too small to be seen are left out, more of them where there are very many.
 */
final class Flames {
  private static final double SMALLEST = 0.001;
  private static final int MOST_BOXES = 1200;
  private static final int DEEPEST = 60;

  private final List<CallTree> base;
  private final List<CallTree> head;

  Flames(List<CallTree> base, List<CallTree> head) {
    this.base = base;
    this.head = head;
  }

  /** The graph; its lowest box is the whole program. */
  FlameFrame graph() {
    Box root = new Box();
    base.forEach(run -> root.add(run.root(), 1.0 / base.size(), true));
    head.forEach(run -> root.add(run.root(), 1.0 / head.size(), false));
    double whole = Math.max(root.before, root.after);
    double smallest = SMALLEST * whole;
    FlameFrame graph = root.frame("all", smallest, 0);
    while (graph.size() > MOST_BOXES) {
      smallest *= 2;
      graph = root.frame("all", smallest, 0);
    }
    return graph;
  }

  /** A box that is still being summed up. */
  private static final class Box {
    private final Map<CodeFunction, Box> children = new LinkedHashMap<>();
    private double before;
    private double after;

    double add(CallTree.Node node, double weight, boolean isBase) {
      double cost = node.self() * weight;
      for (Map.Entry<CodeFunction, CallTree.Node> child : node.children().entrySet()) {
        Box box = children.computeIfAbsent(child.getKey(), function -> new Box());
        cost += box.add(child.getValue(), weight, isBase);
      }
      before += isBase ? cost : 0;
      after += isBase ? 0 : cost;
      return cost;
    }

    FlameFrame frame(String name, double smallest, int depth) {
      List<FlameFrame> seen = new ArrayList<>();
      if (depth < DEEPEST) {
        children.forEach((function, box) -> {
          if (Math.max(box.before, box.after) >= smallest) {
            seen.add(box.frame(function.name(), smallest, depth + 1));
          }
        });
        seen.sort(Comparator.comparing(FlameFrame::name));
      }
      return new FlameFrame(name, new CostChange(before, after), seen);
    }
  }
}
