package dev.nightjar.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows in columns as wide as what stands in them; columns of numbers stand to the right. */
public final class TextTable {
  private static final int CELL_MAX = 120;

  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> rightAligned = new HashSet<>();

  public TextTable(List<String> titles) {
    this.titles = titles.stream().map(TextTable::cell).toList();
  }

  /** Puts a column to the right, as numbers stand. */
  void alignRight(int column) {
    rightAligned.add(column);
  }

  public void row(List<String> cells) {
    rows.add(cells.stream().map(TextTable::cell).toList());
  }

  private static String cell(String text) {
    String line = Text.oneLine(text);
    return line.length() <= CELL_MAX ? line : line.substring(0, CELL_MAX - 1) + "…";
  }

  public void print(PrintStream out) {
    int[] widths = new int[titles.size()];
    for (int column = 0; column < widths.length; column++) {
      int at = column;
      widths[column] =
          Math.max(
              titles.get(at).length(),
              rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    line(out, titles, widths);
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    line(out, rules, widths);
    rows.forEach(row -> line(out, row, widths));
  }

  private void line(PrintStream out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths[column] - cell.length());
      line.append(rightAligned.contains(column) ? padding + cell : cell + padding).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }
}
