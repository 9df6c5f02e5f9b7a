package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Attributes;
import dev.nightjar.markup.Markup;
import dev.nightjar.site.words.Moments;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables and what stands in them, alike in all sections. */
public final class Tables {
  private Tables() {}

  /** A column's head. */
  public record Column(String title, boolean isNumber) {
    public static Column words(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  /**
   * A table that scrolls in its own place when it is wider than the page; the place takes the
   * keyboard's focus, so that it can be scrolled without a mouse.
   */
  public static void write(Markup html, String caption, List<Column> columns, Runnable rows) {
    html.in(
        "div",
        at("class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Table: " + caption),
        () ->
            html.in(
                "table",
                () -> {
                  html.leaf("caption", at("class", "unseen"), caption);
                  html.in("thead", () -> html.in("tr", () -> heads(html, columns)));
                  html.in("tbody", rows);
                }));
  }

  private static void heads(Markup html, List<Column> columns) {
    for (Column column : columns) {
      Attributes attributes =
          column.isNumber() ? at("scope", "col", "class", "n") : at("scope", "col");
      html.leaf("th", attributes, column.title());
    }
  }

  public static void row(Markup html, Runnable cells) {
    html.in("tr", cells);
    html.line();
  }

  public static void number(Markup html, String text) {
    html.leaf("td", at("class", "n"), text);
  }

  public static void words(Markup html, String text) {
    html.in("td", () -> html.foreign(text));
  }

  public static void head(Markup html, String text) {
    html.in("th", at("scope", "row"), () -> html.foreign(text));
  }

  public static void moment(Markup html, Instant moment) {
    html.in("td", () -> time(html, moment));
  }

  public static void momentOrDash(Markup html, @Nullable Instant moment) {
    if (moment == null) {
      html.leaf("td", "—");
    } else {
      moment(html, moment);
    }
  }

  public static void time(Markup html, Instant moment) {
    html.leaf("time", at("datetime", moment.toString()), Moments.full(moment));
  }

  public static void commitOrDash(Markup html, @Nullable String id, PageAddresses addresses) {
    if (id == null) {
      html.text("—");
    } else {
      CommitWords.commit(html, id, addresses);
    }
  }

  /** What a section says that has nothing to show. */
  public static void nothing(Markup html, String sentence) {
    html.leaf("p", at("class", "nothing"), sentence);
  }

  /** Such as {@code 12 older runs are in history.csv.}, which leads to the file. */
  public static void rest(Markup html, String what, String file, PageAddresses addresses) {
    html.text(what + " are in ");
    html.leaf("a", at("href", addresses.data(file)), file).text(".");
  }
}
