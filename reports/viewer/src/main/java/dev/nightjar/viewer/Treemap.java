package dev.nightjar.viewer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays folders and files out as nested rectangles whose areas are their weights: a squarified
 * treemap (Bruls, Huizing and van Wijk 2000). Deterministic: heavier things come first, and of
 * equal ones the one whose name sorts first.
 */
final class Treemap {
  /**
   * A rectangle on the ground.
   *
   * @param file the number given to {@link #add}; -1 for a folder
   * @param depth of the folder, 0 being the whole
   */
  record Plot(String path, int file, int depth, double x, double z, double width, double length) {}

  /** A folder, or a file when it has no children. */
  private static final class Node {
    final String path;
    final Map<String, Node> children = new TreeMap<>();
    int file = -1;
    double weight;

    Node(String path) {
      this.path = path;
    }
  }

  private static final double GAP_PART = 0.012;
  private static final int DEEPEST = 64;

  private final Node root = new Node("");

  /** Adds a file; its weight is above 0. */
  void add(String path, int file, double weight) {
    Node node = root;
    node.weight += weight;
    String[] parts = path.split("/", DEEPEST);
    StringBuilder walked = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      walked.append(i == 0 ? "" : "/").append(parts[i]);
      // A file and a folder of the same name may both have been, at different times.
      String key = (i == parts.length - 1 ? "f" : "d") + parts[i];
      node = node.children.computeIfAbsent(key, any -> new Node(walked.toString()));
      node.weight += weight;
    }
    node.file = file;
  }

  /** Where everything stands, folders before what is in them, in a rectangle of this size. */
  List<Plot> layOut(double width, double length) {
    List<Plot> plots = new ArrayList<>();
    place(root, 0, 0, 0, width, length, Math.min(width, length) * GAP_PART, plots);
    return plots;
  }

  private void place(
      Node node,
      int depth,
      double x,
      double z,
      double width,
      double length,
      double gap,
      List<Plot> plots) {
    plots.add(new Plot(node.path, node.file, depth, x, z, width, length));
    if (node.children.isEmpty() || node.weight <= 0) {
      return;
    }
    double inset = Math.min(gap, Math.min(width, length) * 0.06);
    List<Node> children = new ArrayList<>(node.children.values());
    children.sort(
        Comparator.comparingDouble((Node child) -> -child.weight).thenComparing(c -> c.path));
    new Row(children, depth + 1, gap * 0.72, plots)
        .fill(x + inset, z + inset, width - 2 * inset, length - 2 * inset, node.weight);
  }

  /** Fills one rectangle row by row, each along the shorter side. */
  private final class Row {
    final List<Node> nodes;
    final int depth;
    final double gap;
    final List<Plot> plots;

    Row(List<Node> nodes, int depth, double gap, List<Plot> plots) {
      this.nodes = nodes;
      this.depth = depth;
      this.gap = gap;
      this.plots = plots;
    }

    void fill(double x0, double z0, double width0, double length0, double weight0) {
      double x = x0;
      double z = z0;
      double width = Math.max(0, width0);
      double length = Math.max(0, length0);
      double scale = width * length / weight0;
      int next = 0;
      while (next < nodes.size()) {
        double side = Math.min(width, length);
        int end = rowEnd(next, side, scale);
        double area = area(next, end, scale);
        double thickness = side <= 0 ? 0 : area / side;
        if (width >= length) {
          lay(next, end, area <= 0 ? 0 : scale / area * side, x, z, thickness, true);
          x += thickness;
          width = Math.max(0, width - thickness);
        } else {
          lay(next, end, area <= 0 ? 0 : scale / area * side, x, z, thickness, false);
          z += thickness;
          length = Math.max(0, length - thickness);
        }
        next = end;
      }
    }

    private double area(int from, int to, double scale) {
      double area = 0;
      for (int i = from; i < to; i++) {
        area += nodes.get(i).weight * scale;
      }
      return area;
    }

    /** Lays one row of this thickness, standing or lying, each node as long as its weight says. */
    private void lay(
        int from, int to, double lengthOfWeight, double x, double z, double thickness, boolean up) {
      double along = 0;
      for (int i = from; i < to; i++) {
        Node node = nodes.get(i);
        double part = node.weight * lengthOfWeight;
        if (up) {
          place(node, depth, x, z + along, thickness, part, gap, plots);
        } else {
          place(node, depth, x + along, z, part, thickness, gap, plots);
        }
        along += part;
      }
    }

    /** As many as make the row's worst rectangle no longer than before. */
    private int rowEnd(int from, double side, double scale) {
      double sum = 0;
      double largest = nodes.get(from).weight * scale;
      double worst = Double.MAX_VALUE;
      int end = from;
      while (end < nodes.size()) {
        double area = nodes.get(end).weight * scale;
        double total = sum + area;
        double ratio =
            area <= 0 || side <= 0
                ? worst
                : Math.max(
                    side * side * largest / (total * total), total * total / (side * side * area));
        if (ratio > worst) {
          break;
        }
        worst = ratio;
        sum = total;
        end++;
      }
      return Math.max(end, from + 1);
    }
  }
}
