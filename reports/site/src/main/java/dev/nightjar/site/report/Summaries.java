package dev.nightjar.site.report;

import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.Moments;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.site.words.Verdicts;
import java.io.IOException;
import java.io.Writer;

/** The short forms of a report: for a pull request, for a program. */
public final class Summaries {
  private static final int MOST_ROWS = 50;
  private static final int LONGEST = 200;

  private Summaries() {}

  /** The verdicts as JSON. */
  public static void json(Report report, Writer out) throws IOException {
    ReportJson.writeSummary(report, out);
  }

  /** The verdict and the results that are not a plain pass, as Markdown. */
  public static void markdown(Report report, Writer out) throws IOException {
    head(report, out);
    out.write("| verdict | benchmark | median | change | interval |\n|---|---|---:|---:|---|\n");
    int rows = 0;
    int passed = 0;
    for (SeriesResult result : Verdicts.inOrder(report.results())) {
      Verdict verdict = result.verdict();
      boolean pass = verdict != null && verdict.kind() == VerdictKind.PASS;
      passed += pass ? 1 : 0;
      if (!pass && rows++ < MOST_ROWS) {
        row(out, result);
      }
    }
    if (rows > MOST_ROWS) {
      out.write("\nand " + (rows - MOST_ROWS) + " more in data/verdicts.csv\n");
    }
    out.write(passed == 0 ? "" : "\n" + passed + " pass.\n");
    if (!report.skips().isEmpty()) {
      out.write("\n" + report.skips().size() + " not measured; the report says why.\n");
    }
  }

  private static void head(Report report, Writer out) throws IOException {
    Headline headline = report.headline();
    out.write("# " + plain(headline.sentence()) + "\n\n");
    if (!headline.grounds().isEmpty()) {
      out.write(plain(headline.grounds()) + "\n\n");
    }
    out.write(
        plain(report.repositoryName())
            + ", "
            + Moments.full(report.run().startedAt())
            + ", host "
            + plain(report.host().name())
            + "\n\n");
  }

  private static void row(Writer out, SeriesResult result) throws IOException {
    Verdict verdict = result.verdict();
    Double effect = verdict == null ? null : verdict.effect();
    String unit = result.series().benchmark().unit();
    String median =
        result
            .compared()
            .map(HistoryPoint::median)
            .map(value -> UnitScale.of(unit, value).format(value))
            .orElse("—");
    out.write(
        "| "
            + (verdict == null ? "not judged" : verdict.kind().word())
            + " | "
            + plain(SeriesNames.full(result.series()))
            + " | "
            + plain(median)
            + " | "
            + (effect == null ? "—" : EffectWords.signed(effect))
            + " | "
            + (verdict == null ? "" : EffectWords.certainty(verdict))
            + " |\n");
  }

  /** Text that Markdown takes for nothing but text: one line, every mark escaped. */
  private static String plain(String text) {
    String visible = VisibleText.shortened(text, LONGEST).replaceAll("\\s+", " ");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '@' -> out.append("&#64;");
        case '\\', '`', '*', '_', '{', '}', '[', ']', '#', '|', '!', '~', '$' ->
            out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString().replace("://", ":&#47;&#47;");
  }
}
