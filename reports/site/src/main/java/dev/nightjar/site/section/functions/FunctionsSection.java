package dev.nightjar.site.section.functions;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.profile.CostChange;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.model.profile.FunctionDifference;
import dev.nightjar.model.profile.NamedFunction;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.words.EffectWords;
import java.io.IOException;
import java.util.List;

/** Which functions made a benchmark's program cost more or less than in the version before. */
public final class FunctionsSection implements Section<List<DifferentialProfile>> {
  /** Graphs on the page; what is beyond stands in the table of all functions. */
  private static final int MOST_PROFILES = 5;

  private static final int MOST_NAME = 160;
  private static final int MOST_NOTE = 600;
  private static final String FILE = "functions.csv";
  private static final List<CsvTable<List<DifferentialProfile>>> TABLES =
      List.of(
          new CsvTable<>(
              FILE, "one row a function: what it cost before and after", FunctionsSection::csv));

  @Override
  public String id() {
    return "functions";
  }

  @Override
  public String title(List<DifferentialProfile> profiles) {
    return "Functions behind the changes";
  }

  @Override
  public String hint(List<DifferentialProfile> profiles) {
    return String.valueOf(profiles.size());
  }

  @Override
  public List<DifferentialProfile> read(ReportReading reading) {
    return reading.database().profiles().of(reading.run().id());
  }

  @Override
  public void json(Json json, List<DifferentialProfile> profiles) {
    json.list(
        "profiles",
        profiles,
        profile -> {
          json.text("benchmark", profile.benchmark())
              .text("profiler", profile.profiler().word())
              .text("unit", profile.profiler().unit())
              .number("before", profile.total().before())
              .number("after", profile.total().after())
              .text("explanation", profile.named().map(NamedFunction::sentence).orElse(null));
          json.list("functions", profile.functions(), one -> json(json, one));
        });
  }

  private static void json(Json json, FunctionDifference one) {
    Integer line = one.line();
    json.text("function", one.function().name())
        .text("object", one.function().object())
        .text("file", one.function().file())
        .number("line", line == null ? null : line.doubleValue())
        .number("self_before", one.self().before())
        .number("self_after", one.self().after())
        .number("inclusive_before", one.inclusive().before())
        .number("inclusive_after", one.inclusive().after())
        .number("share", one.share())
        .number("confidence", one.confidence());
  }

  @Override
  public List<CsvTable<List<DifferentialProfile>>> tables() {
    return TABLES;
  }

  private static void csv(List<DifferentialProfile> profiles, Csv csv) throws IOException {
    csv.heads(
        "benchmark",
        "profiler",
        "unit",
        "function",
        "object",
        "file",
        "line",
        "self_before",
        "self_after",
        "inclusive_before",
        "inclusive_after",
        "share",
        "confidence");
    for (DifferentialProfile profile : profiles) {
      for (FunctionDifference one : profile.functions()) {
        csv(profile, one, csv);
      }
    }
  }

  private static void csv(DifferentialProfile profile, FunctionDifference one, Csv csv)
      throws IOException {
    Integer line = one.line();
    csv.text(profile.benchmark())
        .text(profile.profiler().word())
        .text(profile.profiler().unit())
        .text(one.function().name())
        .text(one.function().object())
        .text(one.function().file())
        .number(line == null ? null : line.doubleValue())
        .number(one.self().before())
        .number(one.self().after())
        .number(one.inclusive().before())
        .number(one.inclusive().after())
        .number(one.share())
        .number(one.confidence())
        .end();
  }

  @Override
  public void page(Markup html, List<DifferentialProfile> profiles, PageAddresses addresses) {
    if (profiles.isEmpty()) {
      Tables.nothing(html, "No benchmark was profiled, as none changed since a commit before.");
      return;
    }
    for (int i = 0; i < Math.min(MOST_PROFILES, profiles.size()); i++) {
      int place = i;
      html.in("div", at("class", "panel profile"), () -> panel(html, profiles.get(place), place));
    }
    html.in("p", () -> Tables.rest(html, "All functions that differ", FILE, addresses));
  }

  private static void panel(Markup html, DifferentialProfile profile, int place) {
    String benchmark = VisibleText.shortened(profile.benchmark(), MOST_NAME);
    html.in("h3", () -> html.foreign(benchmark));
    html.in("p", () -> html.foreign(sentence(profile)));
    profile
        .notes()
        .forEach(note ->
            html.in(
                "p",
                at("class", "detail"),
                () -> html.foreign(VisibleText.shortened(note, MOST_NOTE))));
    new FlameGraph(profile).write(html, "flame-" + place, "Flame graph of " + benchmark);
    FunctionTable.write(html, profile, benchmark);
  }

  private static String sentence(DifferentialProfile profile) {
    CostChange total = profile.total();
    String counted =
        "A run takes %s, %s before (%s)."
            .formatted(
                Costs.words(profile, total.after()),
                Costs.words(profile, total.before()),
                EffectWords.signed(total.relative()));
    String named =
        profile
            .named()
            .map(one -> VisibleText.shortened(one.sentence(), MOST_NOTE) + ". ")
            .orElse("");
    return named + counted;
  }
}
