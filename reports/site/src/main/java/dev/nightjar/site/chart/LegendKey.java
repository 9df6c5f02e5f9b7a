package dev.nightjar.site.chart;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;

/** What a line or an area of a chart is, in words beside a small piece of it. */
public final class LegendKey {
  /** A piece of a line. */
  public static final String LINE = "M0 6h24";

  /** A piece of an area. */
  public static final String AREA = "M0 0h24v12h-24z";

  /** A step from one level to another. */
  public static final String STEP = "M0 10h12v-8h12";

  private LegendKey() {}

  /** Writes it; the kind is the class that colours it. */
  public static void write(Markup html, String kind, String shape, String words) {
    html.in(
        "span",
        () -> {
          html.in(
              "svg",
              at("viewBox", "0 0 24 12", "aria-hidden", "true"),
              () -> html.empty("path", at("class", kind, "d", shape)));
          html.text(words);
        });
  }
}
