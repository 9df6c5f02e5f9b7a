package dev.nightjar.site.section.functions;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FlameFrame;
import dev.nightjar.site.chart.LegendKey;
import dev.nightjar.site.words.EffectWords;
import java.util.Locale;

/**
 * A differential flame graph: each box is a function above the one that called it, as wide as what
 * it costs in both versions together, and coloured by how much more or less the function itself
 * costs than before, blue for less and orange for more, which people who are blind to red and green
 * tell apart as well.
 *
 * <p>The drawing has no coordinates of its own but the height of its rows: places and widths are
 * shares of whatever width the page has, so that letters keep their shape. Each box is a drawing
 * within it, which cuts its name off at its edge.
 */
final class FlameGraph {
  private static final int ROW = 18;
  private static final int LONGEST_NAME = 120;

  /** Boxes narrower than this are not to be seen on any screen; the table has their functions. */
  private static final double NARROWEST = 0.002;

  /** Shares of the whole cost from which on a difference is of the next colour. */
  private static final double[] DEGREES = {0.002, 0.01, 0.05};

  private final DifferentialProfile profile;
  private final FlameFrame root;
  private final double whole;
  private final double wholeBefore;

  FlameGraph(DifferentialProfile profile) {
    this.profile = profile;
    root = profile.flame();
    whole = width(root.cost());
    wholeBefore = Math.max(root.cost().before(), root.cost().after());
  }

  private static double width(CostChange cost) {
    return cost.before() + cost.after();
  }

  /** Writes it; the id must be unique in the page. */
  void write(Markup html, String id, String title) {
    if (!(whole > 0)) {
      return; // nothing was seen to cost anything
    }
    int height = depth(root) * ROW;
    html.in("p", at("class", "legend"), () -> legend(html));
    html.in(
        "svg",
        at(
            "class",
            "flame",
            "width",
            "100%",
            "height",
            String.valueOf(height),
            "role",
            "img",
            "aria-labelledby",
            id + "-t"),
        () -> {
          html.leaf("title", at("id", id + "-t"), title + "; the table below has its numbers.");
          box(html, root, 0, height - ROW);
        });
  }

  private static void legend(Markup html) {
    LegendKey.write(html, "box more-3", LegendKey.AREA, "costs more itself");
    LegendKey.write(html, "box same", LegendKey.AREA, "as before");
    LegendKey.write(html, "box less-3", LegendKey.AREA, "costs less itself");
    html.leaf("span", "width: cost in both versions together");
  }

  private int depth(FlameFrame frame) {
    return 1 + frame.children().stream().filter(this::isSeen).mapToInt(this::depth).max().orElse(0);
  }

  private boolean isSeen(FlameFrame frame) {
    return width(frame.cost()) >= NARROWEST * whole;
  }

  /** A box and those above it, from the left. */
  private void box(Markup html, FlameFrame frame, double from, int down) {
    html.in(
        "svg",
        at(
            "class",
            "box " + colour(frame),
            "x",
            percent(from),
            "y",
            String.valueOf(down),
            "width",
            percent(width(frame.cost())),
            "height",
            String.valueOf(ROW - 1)),
        () -> {
          html.leaf("title", words(frame));
          html.empty("rect", at("width", "100%", "height", "100%"));
          html.leaf(
              "text", at("x", "3", "y", "13"), VisibleText.shortened(frame.name(), LONGEST_NAME));
        });
    double at = from;
    for (FlameFrame child : frame.children()) {
      if (isSeen(child)) {
        box(html, child, at, down - ROW);
      }
      at += width(child.cost());
    }
  }

  private String percent(double cost) {
    return String.format(Locale.ROOT, "%.3f%%", 100 * cost / whole);
  }

  private static double selfDifference(FlameFrame frame) {
    double below = frame.children().stream().mapToDouble(child -> child.cost().difference()).sum();
    return frame.cost().difference() - below;
  }

  private String colour(FlameFrame frame) {
    double share = selfDifference(frame) / wholeBefore;
    int degree = 0;
    while (degree < DEGREES.length && Math.abs(share) >= DEGREES[degree]) {
      degree++;
    }
    return degree == 0 ? "same" : (share > 0 ? "more-" : "less-") + degree;
  }

  private String words(FlameFrame frame) {
    return "%s: %s, %s before; itself %s of the whole"
        .formatted(
            VisibleText.shortened(frame.name(), LONGEST_NAME),
            Costs.words(profile, frame.cost().after()),
            Costs.number(profile, frame.cost().before()),
            EffectWords.signed(selfDifference(frame) / Math.max(root.cost().before(), 1e-300)));
  }
}
