package dev.nightjar.site.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.site.data.CommitRange;
import dev.nightjar.site.data.Comparison;
import dev.nightjar.site.data.OpenFindings;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.store.report.OpenFindingLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The report's first sentence does not pass over what is slow. */
class HeadlineTest {
  private static final Instant NOW = Instant.parse("2026-11-30T02:00:00Z");

  private static Series series(String name) {
    return new Series(
        new Benchmark(name, null, "time", "s", Direction.LOWER_IS_BETTER),
        new TreeMap<>(),
        Device.CPU);
  }

  private static SeriesResult result(String name, VerdictKind kind) {
    Series series = series(name);
    Verdict verdict = new Verdict(series, kind, 0.1, 0.09, 0.11, 0.98, "b", "e", null);
    return new SeriesResult(
        series,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        verdict,
        new Comparison(ComparedBy.VALUE, List.of(), 0.05));
  }

  private static OpenFindingLine open(String name, int days, @Nullable VerdictKind kind) {
    return open(name, days, kind, FindingKind.REGRESSION);
  }

  private static OpenFindingLine open(
      String name, int days, @Nullable VerdictKind kind, FindingKind what) {
    return new OpenFindingLine(
        series(name),
        what,
        NOW.minus(Duration.ofDays(days)),
        "0dd5eed5a1fa77",
        "main",
        days + 1,
        0.15,
        kind == null ? null : 0.146,
        kind,
        "commits a..b",
        "open",
        null,
        null);
  }

  private static Headline headline(List<OpenFindingLine> open, SeriesResult... results) {
    Run run =
        new Run(
            new UUID(0, 1),
            "nightly",
            1,
            1,
            null,
            "main",
            RunState.COMPLETED,
            NOW,
            NOW.plusSeconds(60),
            "0.1.0");
    return Headline.of(
        new Outcome(
            run,
            List.of(results),
            new OpenFindings(NOW, new ArrayList<>(open), List.of()),
            CommitRange.NONE,
            0));
  }

  @Test
  void saysWhatIsStillSlowAndSinceWhen() {
    Headline one =
        headline(
            List.of(open("parse", 9, VerdictKind.STILL_REGRESSED)),
            result("parse", VerdictKind.STILL_REGRESSED),
            result("index", VerdictKind.INCONCLUSIVE));
    assertEquals(
        "1 benchmark is still slow, since 21 Nov 2026 at commit 0dd5eed5a1, 9 days ago.",
        one.sentence());
    assertEquals(
        "parse is 14.6\u00a0% slower than before that. Suspected cause: commits a..b."
            + " Besides: 1 inconclusive.",
        one.grounds());
    Headline two =
        headline(
            List.of(
                open("parse", 9, VerdictKind.STILL_REGRESSED),
                open("index", 1, VerdictKind.STILL_REGRESSED)),
            result("parse", VerdictKind.STILL_REGRESSED),
            result("index", VerdictKind.STILL_REGRESSED));
    assertTrue(
        two.sentence().startsWith("2 benchmarks are still slow, the first since 21 Nov 2026"),
        two.sentence());
  }

  @Test
  void whatDriftsIsSaidWhateverTheNightsVerdict() {
    OpenFindingLine drift = open("parse", 30, VerdictKind.PASS, FindingKind.DRIFT);
    Headline passed = headline(List.of(drift), result("parse", VerdictKind.PASS));
    assertEquals("All 1 benchmark pass.", passed.sentence());
    assertEquals(
        "Drifting bit by bit: parse since 31 Oct 2026, 15.0\u00a0% slower when it was found.",
        passed.grounds());
    OpenFindingLine other = open("index", 3, null, FindingKind.DRIFT);
    Headline two = headline(List.of(drift, other), result("parse", VerdictKind.PASS));
    assertTrue(two.grounds().endsWith("when it was found, and 1 more."), two.grounds());
    assertTrue(!two.grounds().contains("Not measured"), two.grounds());
  }

  @Test
  void theCauseIsThatOfTheSentence() {
    assertEquals(
        "commits a..b",
        headline(
                List.of(open("parse", 9, VerdictKind.STILL_REGRESSED)),
                result("parse", VerdictKind.STILL_REGRESSED))
            .cause());
    assertEquals("", headline(List.of(), result("index", VerdictKind.PASS)).cause());
  }

  @Test
  void aNewRegressionComesFirst() {
    Headline headline =
        headline(
            List.of(open("parse", 9, VerdictKind.STILL_REGRESSED)),
            result("parse", VerdictKind.STILL_REGRESSED),
            result("index", VerdictKind.REGRESSED));
    assertEquals("index is 10.0\u00a0% slower.", headline.sentence());
    assertTrue(headline.grounds().contains("1 still regressed"), headline.grounds());
  }

  @Test
  void whatIsNotMeasuredAndNotMendedIsNotPassedOver() {
    Headline undecided =
        headline(List.of(open("parse", 9, null)), result("index", VerdictKind.INCONCLUSIVE));
    assertTrue(undecided.sentence().startsWith("No new regression is shown"), undecided.sentence());
    assertTrue(
        undecided.grounds().contains("Not measured here and not known to be mended: parse, slow"),
        undecided.grounds());
    Headline passed = headline(List.of(open("parse", 9, null)), result("index", VerdictKind.PASS));
    assertTrue(passed.grounds().contains("not known to be mended: parse"), passed.grounds());
    Headline none = headline(List.of(), result("index", VerdictKind.INCONCLUSIVE));
    assertTrue(none.sentence().startsWith("No regression is shown"), none.sentence());
  }
}
