package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.section.CommitWords;
import dev.nightjar.site.section.Icons;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.site.words.Verdicts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The verdict first: one sentence, its grounds, how many of each, and what to look at. */
final class VerdictBanner {
  private static final Set<VerdictKind> WORTH_A_CARD =
      Set.of(
          VerdictKind.REGRESSED,
          VerdictKind.FAILED,
          VerdictKind.STILL_REGRESSED,
          VerdictKind.MISSING,
          VerdictKind.IMPROVED);
  private static final int MOST_CARDS = 6;
  private static final int LONGEST = 400;

  private VerdictBanner() {}

  static void write(Markup html, Report report, PageAddresses addresses) {
    Headline headline = report.headline();
    html.in(
        "section",
        at(
            "id",
            "verdict",
            "class",
            "verdict v-" + headline.worst().word(),
            "aria-labelledby",
            "verdict-heading"),
        () -> {
          html.in(
              "h1",
              at("id", "verdict-heading"),
              () -> CommitWords.text(html, shortened(headline.sentence()), addresses));
          if (!headline.grounds().isEmpty()) {
            html.in(
                "p",
                at("class", "grounds"),
                () -> CommitWords.text(html, shortened(headline.grounds()), addresses));
          }
          CommitWords.suspects(html, headline.cause(), report.run().startedAt(), addresses);
          tally(html, report);
          cards(html, report, addresses);
        });
  }

  private static void tally(Markup html, Report report) {
    Map<VerdictKind, Integer> counts = Verdicts.count(report.results());
    if (counts.isEmpty()) {
      return;
    }
    html.in("ul", at("class", "tally"), () -> tallyEntries(html, counts));
  }

  private static void tallyEntries(Markup html, Map<VerdictKind, Integer> counts) {
    for (VerdictKind kind : Verdicts.worstFirst()) {
      Integer count = counts.get(kind);
      if (count != null) {
        html.in(
            "li",
            () -> {
              html.leaf("strong", String.valueOf(count)).text(" ");
              Icons.verdict(html, kind);
            });
      }
    }
  }

  private static void cards(Markup html, Report report, PageAddresses addresses) {
    List<SeriesResult> telling =
        Verdicts.inOrder(report.results()).stream().filter(VerdictBanner::isWorthACard).toList();
    if (telling.isEmpty()) {
      return;
    }
    List<SeriesResult> all = Verdicts.inOrder(report.results());
    html.in(
        "ul",
        at("class", "findings"),
        () ->
            telling.stream()
                .limit(MOST_CARDS)
                .forEach(result -> card(html, report, result, all.indexOf(result), addresses)));
    if (telling.size() > MOST_CARDS) {
      html.leaf("p", (telling.size() - MOST_CARDS) + " more are in the results below.");
    }
  }

  private static boolean isWorthACard(SeriesResult result) {
    Verdict verdict = result.verdict();
    return verdict != null && WORTH_A_CARD.contains(verdict.kind());
  }

  private static void card(
      Markup html, Report report, SeriesResult result, int place, PageAddresses addresses) {
    Verdict verdict = result.verdict();
    if (verdict == null) {
      return;
    }
    html.in(
        "li",
        at("class", "v-" + verdict.kind().word()),
        () -> {
          html.in(
              "p",
              at("class", "finding-name"),
              () -> name(html, verdict.kind(), result.series(), place));
          Double effect = verdict.effect();
          if (effect != null) {
            html.leaf(
                "p",
                at("class", "effect"),
                EffectWords.spoken(result.series().benchmark(), effect));
          }
          sentence(html, "", EffectWords.certainty(verdict), addresses);
          sentence(html, "", verdict.evidence(), addresses);
          String cause = verdict.suspectedCause();
          if (cause != null) {
            sentence(html, "Suspected cause: ", cause, addresses);
            CommitWords.suspects(html, cause, report.run().startedAt(), addresses);
          }
        });
    html.line();
  }

  private static void name(Markup html, VerdictKind kind, Series series, int place) {
    Icons.verdict(html, kind);
    html.text(" ");
    html.in(
        "a",
        at("href", "#" + SeriesNames.anchor(place)),
        () -> html.foreign(SeriesNames.name(series)));
    html.text(" ");
    html.in("span", at("class", "detail"), () -> html.foreign(SeriesNames.detail(series)));
  }

  private static void sentence(Markup html, String label, String text, PageAddresses addresses) {
    if (!text.isBlank()) {
      html.in(
          "p",
          () -> {
            html.text(label);
            CommitWords.text(html, shortened(text), addresses);
          });
    }
  }

  private static String shortened(String text) {
    return VisibleText.shortened(text, LONGEST);
  }
}
