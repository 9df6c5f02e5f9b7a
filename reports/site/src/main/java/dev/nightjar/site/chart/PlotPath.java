package dev.nightjar.site.chart;

/**
 * The {@code d} of an SVG path in whole units, written relative to the point before, which halves
 * it.
 */
public final class PlotPath {
  private final StringBuilder d = new StringBuilder();
  private int x;
  private int y;
  private boolean drawing;

  /** Goes to a point without drawing. */
  public PlotPath moveTo(int toX, int toY) {
    d.append('M').append(toX).append(' ').append(toY);
    return arriveAt(toX, toY, false);
  }

  /** Draws a line to a point. */
  public PlotPath lineTo(int toX, int toY) {
    int dx = toX - x;
    int dy = toY - y;
    if (!drawing) {
      d.append('l');
    } else if (dx >= 0) {
      d.append(' ');
    }
    d.append(dx).append(dy < 0 ? "" : " ").append(dy);
    return arriveAt(toX, toY, true);
  }

  /** Marks a point; with round line ends it is a dot that keeps its shape in a stretched plot. */
  public PlotPath dot(int atX, int atY) {
    d.append('M').append(atX).append(' ').append(atY).append("h0");
    return arriveAt(atX, atY, false);
  }

  /** Closes the figure. */
  public PlotPath close() {
    d.append('z');
    drawing = false;
    return this;
  }

  /** Whether nothing was drawn. */
  public boolean isEmpty() {
    return d.isEmpty();
  }

  /** The attribute's value. */
  public String d() {
    return d.toString();
  }

  private PlotPath arriveAt(int newX, int newY, boolean stillDrawing) {
    x = newX;
    y = newY;
    drawing = stillDrawing;
    return this;
  }
}
