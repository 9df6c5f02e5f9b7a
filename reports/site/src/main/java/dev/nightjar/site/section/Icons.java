package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.VerdictKind;

/**
 * Small drawings. Each stands beside a word, as neither colour nor shape may say something alone.
 */
public final class Icons {
  private Icons() {}

  public static void verdict(Markup html, VerdictKind kind) {
    html.in(
        "span",
        at("class", "badge v-" + kind.word()),
        () -> {
          icon(html, shape(kind));
          html.text(kind.word());
        });
  }

  /** The bird's moon. */
  public static void logo(Markup html) {
    html.in(
        "svg",
        at("class", "logo", "viewBox", "0 0 32 32", "aria-hidden", "true"),
        () -> {
          html.empty(
              "path",
              at("class", "logo-moon", "d", "M21 4a12.5 12.5 0 1 0 7 18A11 11 0 0 1 21 4z"));
          html.empty("path", at("class", "logo-wave", "d", "M6 19h5l2.5-6 3.5 11 3-8 1.5 3h8"));
        });
  }

  private static void icon(Markup html, String shape) {
    html.in(
        "svg",
        at("class", "icon", "viewBox", "0 0 16 16", "aria-hidden", "true"),
        () -> html.empty("path", at("d", shape)));
  }

  private static String shape(VerdictKind kind) {
    return switch (kind) {
      case PASS -> "M3 8.5l3.2 3.2L13 5";
      case IMPROVED -> "M8 13V4M4 7.5L8 3.5l4 4";
      case REGRESSED -> "M8 3v9M4 8.5l4 4 4-4";
      case STILL_REGRESSED -> "M3 4h10M8 4v9M4.5 9.5L8 13l3.5-3.5";
      case INCONCLUSIVE -> "M3 6.5c2-2 3.5-2 5 0s3 2 5 0M3 11c2-2 3.5-2 5 0s3 2 5 0";
      case NEW -> "M8 3v10M3 8h10";
      case MISSING -> "M3 8h2M7 8h2M11 8h2";
      case FAILED -> "M4 4l8 8M12 4l-8 8";
    };
  }
}
