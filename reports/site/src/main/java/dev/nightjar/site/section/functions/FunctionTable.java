package dev.nightjar.site.section.functions;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.EffectWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the flame graph shows, as a table: the functions that explain most first. */
final class FunctionTable {
  private static final int MOST_ROWS = 20;
  private static final int LONGEST_NAME = 120;

  private FunctionTable() {}

  static void write(Markup html, DifferentialProfile profile, String benchmark) {
    List<FunctionDifference> shown =
        profile.functions().stream()
            .filter(one -> one.self().difference() != 0)
            .limit(MOST_ROWS)
            .toList();
    html.in(
        "details",
        at("class", "more"),
        () -> {
          html.leaf("summary", "The functions that differ, as a table");
          Tables.write(
              html,
              "Functions of " + benchmark,
              columns(profile),
              () -> shown.forEach(one -> row(html, profile, one)));
        });
  }

  private static List<Column> columns(DifferentialProfile profile) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.words("Function"),
                Column.words("Where"),
                Column.number("Itself before"),
                Column.number("after"),
                Column.number("With what it calls before"),
                Column.number("after "),
                Column.number("Explains")));
    if (profile.profiler().isSampler()) {
      columns.add(Column.number("Sure"));
    }
    return columns;
  }

  private static void row(Markup html, DifferentialProfile profile, FunctionDifference one) {
    Tables.row(
        html,
        () -> {
          Tables.head(html, VisibleText.shortened(one.function().name(), LONGEST_NAME));
          Tables.words(html, VisibleText.shortened(place(one), LONGEST_NAME));
          Tables.number(html, Costs.number(profile, one.self().before()));
          Tables.number(html, Costs.number(profile, one.self().after()));
          Tables.number(html, Costs.number(profile, one.inclusive().before()));
          Tables.number(html, Costs.number(profile, one.inclusive().after()));
          Tables.number(html, EffectWords.signed(one.share()));
          Double confidence = one.confidence();
          if (confidence != null) {
            Tables.number(html, String.format(Locale.ROOT, "%.1f %%", 100 * confidence));
          }
        });
  }

  private static String place(FunctionDifference one) {
    String file = one.function().file();
    Integer line = one.line();
    return file == null ? one.function().object() : file + (line == null ? "" : ":" + line);
  }
}
